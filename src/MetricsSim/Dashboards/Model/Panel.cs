using System.Text.Json;

namespace MetricsSim.Dashboards.Model;

/// <summary>A panel.</summary>
internal sealed record Panel
{
    /// <summary>Its number in the dashboard; 0 where the file has none.</summary>
    public int Id { get; init; }

    /// <summary>Its title with variables, without control characters.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it shows.</summary>
    public string Description { get; init; } = "";

    /// <summary>What draws it, as Grafana names it: <c>timeseries</c>, <c>stat</c> ….</summary>
    public required string Type { get; init; }

    /// <summary>The title of the row it is in; null for none.</summary>
    public string? Row { get; init; }

    /// <summary>Whether its row is folded, so that Grafana shows and asks it only when somebody opens the row.</summary>
    public bool Folded { get; init; }

    /// <summary>Where it stands.</summary>
    public GridPlace Grid { get; init; }

    /// <summary>What it asks of a Prometheus.</summary>
    public IReadOnlyList<PanelTarget> Targets { get; init; } = [];

    /// <summary>Its least interval as the file has it, such as <c>1m</c>; empty for that of the data source.</summary>
    public string IntervalMin { get; init; } = "";

    /// <summary>Most points of a series; null for its width.</summary>
    public int? MaxDataPoints { get; init; }

    /// <summary>A range of its own, such as <c>1h</c>, in place of the dashboard's; empty for none.</summary>
    public string TimeFrom { get; init; } = "";

    /// <summary>How far its range is shifted into the past, such as <c>1d</c>; empty for not.</summary>
    public string TimeShift { get; init; } = "";

    /// <summary>Variable by whose values it is repeated; empty for none. It is not repeated here.</summary>
    public string Repeat { get; init; } = "";

    /// <summary>How values look by default.</summary>
    public FieldOptions Field { get; init; } = new();

    /// <summary>How values of some fields look.</summary>
    public IReadOnlyList<FieldOverride> Overrides { get; init; } = [];

    /// <summary>Options of its type, as the file has them; undefined for none.</summary>
    public JsonElement Options { get; init; }

    /// <summary>What is done to the results before they are drawn, as the file has it.</summary>
    public IReadOnlyList<JsonElement> Transformations { get; init; } = [];
}

/// <summary>A place on the grid of 24 columns.</summary>
/// <param name="X">First column, from 0.</param>
/// <param name="Y">First row, from 0.</param>
/// <param name="W">Columns.</param>
/// <param name="H">Rows, of 30 pixels each and 8 between.</param>
internal readonly record struct GridPlace(int X, int Y, int W, int H)
{
    /// <summary>Columns of the grid.</summary>
    public const int Columns = 24;
}

/// <summary>A query of a panel.</summary>
internal sealed record PanelTarget
{
    /// <summary>Its name in the panel: <c>A</c>, <c>B</c> ….</summary>
    public required string RefId { get; init; }

    /// <summary>PromQL with variables.</summary>
    public required string Expression { get; init; }

    /// <summary>Name of its series with <c>{{label}}</c>; <c>__auto</c> and empty leave it to Grafana.</summary>
    public string Legend { get; init; } = "";

    /// <summary>Whether it is asked for the end of the range only.</summary>
    public bool Instant { get; init; }

    /// <summary>Whether it is asked for the whole range; it may be both.</summary>
    public bool Range { get; init; } = true;

    /// <summary>What becomes of the result.</summary>
    public TargetFormat Format { get; init; }

    /// <summary>Whether it is not asked.</summary>
    public bool Hidden { get; init; }

    /// <summary>Its least step as the file has it, maybe a variable; empty for the panel's.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Times as long a step; 1 unless an old dashboard says otherwise.</summary>
    public int IntervalFactor { get; init; } = 1;

    /// <summary>Uid of its data source as the file has it, maybe a variable; empty for the default one.</summary>
    public string Datasource { get; init; } = "";
}

/// <summary>What becomes of a result.</summary>
internal enum TargetFormat
{
    /// <summary>A line for each series.</summary>
    TimeSeries,

    /// <summary>A row for each series, a column for each label.</summary>
    Table,

    /// <summary>Buckets by <c>le</c>.</summary>
    Heatmap,
}
