namespace MetricsSim.Dashboards.Model;

/// <summary>A variable of a dashboard: https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/.</summary>
internal sealed record DashboardVariable
{
    /// <summary>What stands for "All" among the values.</summary>
    public const string All = "$__all";

    /// <summary>Its name, by which expressions use it.</summary>
    public required string Name { get; init; }

    /// <summary>Where its values come from.</summary>
    public required VariableKind Kind { get; init; }

    /// <summary>Its name for people; empty where the file has none.</summary>
    public string Label { get; init; } = "";

    /// <summary>A query, the values of <c>custom</c> and <c>interval</c>, a constant, or the type of a data source.</summary>
    public string Query { get; init; } = "";

    /// <summary>Filters and cuts the results of a query; empty for no filter.</summary>
    public string Regex { get; init; } = "";

    /// <summary>How results of a query are sorted: Grafana's number, 0 for not.</summary>
    public int Sort { get; init; }

    /// <summary>Whether several values may be chosen.</summary>
    public bool Multi { get; init; }

    /// <summary>Whether "All" may be chosen.</summary>
    public bool IncludeAll { get; init; }

    /// <summary>What "All" is in an expression, unescaped; empty for all values joined.</summary>
    public string AllValue { get; init; } = "";

    /// <summary>The values chosen when it was saved; none where nothing was.</summary>
    public IReadOnlyList<string> Current { get; init; } = [];

    /// <summary>The values there were when it was saved, without "All".</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>Where the values of a variable come from.</summary>
internal enum VariableKind
{
    /// <summary>The data sources of a type.</summary>
    Datasource,

    /// <summary>A query of the data source.</summary>
    Query,

    /// <summary>A list in the dashboard.</summary>
    Custom,

    /// <summary>One value.</summary>
    Constant,

    /// <summary>What a person types.</summary>
    Textbox,

    /// <summary>Lengths of time.</summary>
    Interval,

    /// <summary>Matchers that are added to all queries; without effect here.</summary>
    Adhoc,
}
