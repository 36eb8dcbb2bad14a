namespace MetricsSim.Dashboards.Model;

/// <summary>
/// A dashboard of Grafana, as much of it as is asked, drawn or checked here:
/// https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/.
/// </summary>
internal sealed record Dashboard
{
    /// <summary>The file it was read from, or the server and its uid there.</summary>
    public required string Source { get; init; }

    /// <summary>Its stable name; empty where the file has none.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Its title, without control characters.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Variables in the order of the file.</summary>
    public IReadOnlyList<DashboardVariable> Variables { get; init; } = [];

    /// <summary>Annotations that are queries of a Prometheus.</summary>
    public IReadOnlyList<DashboardAnnotation> Annotations { get; init; } = [];

    /// <summary>Panels in the order of the file, those of rows among them; rows themselves are not.</summary>
    public IReadOnlyList<Panel> Panels { get; init; } = [];

    /// <summary>Links at its head.</summary>
    public IReadOnlyList<DashboardLink> Links { get; init; } = [];

    /// <summary>Start of the time it shows by default, as Grafana writes it.</summary>
    public string From { get; init; } = "now-6h";

    /// <summary>End of the time it shows by default, as Grafana writes it.</summary>
    public string To { get; init; } = "now";

    /// <summary>How often it loads itself anew, such as <c>30s</c>; empty for never.</summary>
    public string Refresh { get; init; } = "";
}

/// <summary>A link of a dashboard.</summary>
/// <param name="Title">Its text.</param>
/// <param name="Type"><c>link</c> or <c>dashboards</c>.</param>
/// <param name="Url">Where a <c>link</c> leads; else empty.</param>
/// <param name="Tags">Tags of the dashboards that <c>dashboards</c> lists.</param>
internal sealed record DashboardLink(string Title, string Type, string Url, IReadOnlyList<string> Tags);

/// <summary>Queries whose results stand over all panels, where they are above 0.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">PromQL with variables.</param>
/// <param name="Enabled">Whether it is shown by default.</param>
/// <param name="Step">Its step, such as <c>60s</c>, which is the default of Grafana.</param>
/// <param name="TitleFormat">Title with <c>{{label}}</c>.</param>
/// <param name="TextFormat">Text with <c>{{label}}</c>.</param>
/// <param name="Color">Its colour as Grafana names it.</param>
internal sealed record DashboardAnnotation(string Name, string Expression, bool Enabled, string Step, string TitleFormat, string TextFormat, string Color);
