using MetricsSim.Dashboards.Model;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// Finds out what a dashboard's variables are, in the order in which they use each other, as Grafana does when it loads one: what was saved if it is
/// still among the values, else "All" of an empty variable, else the first value (<c>MultiValueVariable.ts</c> of https://github.com/grafana/scenes).
/// </summary>
/// <param name="client">The Prometheus.</param>
internal sealed class VariableResolver(PrometheusClient client)
{
    private const string PrometheusUid = "prometheus";

    /// <summary>Resolves all variables.</summary>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="time">The time shown.</param>
    /// <param name="given">Values that somebody chose, by name: they beat everything and need not be among the values.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Values by name.</returns>
    /// <exception cref="PrometheusException">A query of a variable has no answer; the message names the variable.</exception>
    public async Task<IReadOnlyDictionary<string, VariableValue>> ResolveAsync(
        Dashboard dashboard, BoardTime time, IReadOnlyDictionary<string, IReadOnlyList<string>> given, CancellationToken stop)
    {
        var values = new Dictionary<string, VariableValue>(StringComparer.Ordinal);
        var globals = new GlobalVariables(time);
        foreach (var variable in Ordered(dashboard.Variables))
        {
            IReadOnlyList<string> options;
            try
            {
                options = await OptionsAsync(variable, time, name => values.GetValueOrDefault(name) ?? globals.Find(name), stop);
            }
            catch (PrometheusException e)
            {
                throw new PrometheusException(e.Failure, $"variable {variable.Name} of {dashboard.Source}: {e.Message}", e.IsTransient);
            }

            values[variable.Name] = VariableValue.Of(variable, given.TryGetValue(variable.Name, out var chosen) ? chosen : Choose(variable, options), options);
        }

        return values;
    }

    /// <summary>The variables with those first that others use; a circle is cut where it is met.</summary>
    /// <param name="variables">The variables.</param>
    public static IReadOnlyList<DashboardVariable> Ordered(IReadOnlyList<DashboardVariable> variables)
    {
        var (ordered, seen) = (new List<DashboardVariable>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var variable in variables) Visit(variable);
        return ordered;

        void Visit(DashboardVariable variable)
        {
            if (!seen.Add(variable.Name)) return;
            foreach (var name in Interpolation.Names($"{variable.Query} {variable.Regex}"))
            {
                if (variables.FirstOrDefault(other => other.Name == name) is { } used) Visit(used);
            }

            ordered.Add(variable);
        }
    }

    /// <summary>What Grafana chooses when a dashboard is loaded.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="options">What may be chosen.</param>
    /// <returns>Values, or <see cref="DashboardVariable.All"/>.</returns>
    public static IReadOnlyList<string> Choose(DashboardVariable variable, IReadOnlyList<string> options)
    {
        if (variable.Kind is VariableKind.Constant or VariableKind.Textbox) return options;
        var all = variable.Current is [DashboardVariable.All, ..];
        if (options.Count == 0) return variable.IncludeAll ? [DashboardVariable.All] : variable.Multi ? [] : [""];
        if (all && variable.IncludeAll) return [DashboardVariable.All];
        IReadOnlyList<string> valid = [.. variable.Current.Where(value => options.Contains(value, StringComparer.Ordinal))];
        return valid.Count == 0 || all ? [options[0]] : variable.Multi ? valid : [valid[0]];
    }

    private async Task<IReadOnlyList<string>> OptionsAsync(DashboardVariable variable, BoardTime time, Func<string, VariableValue?> find, CancellationToken stop)
    {
        switch (variable.Kind)
        {
            case VariableKind.Query:
                if (variable.Query.Length == 0) return [];
                var found = await VariableQuery.AskAsync(client, Interpolation.Expression(variable.Query, find), time, stop);
                return VariablePattern.Apply(found, Interpolation.Expression(variable.Regex, find), variable.Sort);
            case VariableKind.Datasource:
                // There is the one Prometheus, whatever Grafana calls it.
                return [variable.Current is [var saved, ..] && saved is not ("" or "default") ? saved : PrometheusUid];
            case VariableKind.Custom or VariableKind.Interval:
                return CustomValues(variable);
            case VariableKind.Textbox:
                return [variable.Current is [var typed, ..] ? typed : variable.Query];
            default:
                return [variable.Query];
        }
    }

    /// <summary>Values with commas between; a backslash keeps a comma, and <c>text : value</c> has a text of its own.</summary>
    private static List<string> CustomValues(DashboardVariable variable)
    {
        const char Kept = '\uE000';
        var parts = variable.Query.Replace("\\,", Kept.ToString(), StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. parts.Select(part => part.Replace(Kept, ',')).Select(part => part.Split(" : ", 2) is [_, var value] ? value.Trim() : part).Where(value => value != "auto"),
        ];
    }
}
