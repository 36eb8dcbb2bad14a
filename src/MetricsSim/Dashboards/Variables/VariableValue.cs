using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Variables;

/// <summary>A variable with what is chosen.</summary>
internal sealed record VariableValue
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The values; several only where it may have several.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Whether they are a list for Grafana, even if of one value.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether "All" is chosen.</summary>
    public bool IsAll { get; init; }

    /// <summary>What "All" is in an expression, unescaped; null for the values joined.</summary>
    public string? AllValue { get; init; }

    /// <summary>Whether values are escaped for a regular expression: those of variables with several values or "All".</summary>
    public bool IsPattern { get; init; }

    /// <summary>What may be chosen.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>For people: <c>a + b</c>, or <c>All</c>.</summary>
    public string Text => IsAll ? "All" : string.Join(" + ", Values);

    /// <summary>A value that is none of the dashboard's, such as <c>__interval</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static VariableValue Single(string name, string value) => new() { Name = name, Values = [value] };

    /// <summary>A choice for a variable.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="chosen">What is chosen: values, or <see cref="DashboardVariable.All"/>.</param>
    /// <param name="options">What may be chosen.</param>
    public static VariableValue Of(DashboardVariable variable, IReadOnlyList<string> chosen, IReadOnlyList<string> options)
    {
        var all = chosen is [DashboardVariable.All, ..];
        return new VariableValue
        {
            Name = variable.Name,
            Values = all ? options : chosen,
            IsList = all || variable.Multi,
            IsAll = all,
            AllValue = all && variable.AllValue.Length > 0 ? variable.AllValue : null,
            IsPattern = variable.Multi || variable.IncludeAll,
            Options = options,
        };
    }
}
