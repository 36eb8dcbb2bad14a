using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Data;

/// <summary>A panel with all that is drawn in it.</summary>
internal sealed record PanelData
{
    /// <summary>The panel, its texts with variables filled in.</summary>
    public required Panel Panel { get; init; }

    /// <summary>The beginning of what it shows, seconds since the Unix epoch.</summary>
    public required double From { get; init; }

    /// <summary>Its end.</summary>
    public required double To { get; init; }

    /// <summary>What its queries gave, in their order.</summary>
    public IReadOnlyList<PanelSeries> Series { get; init; } = [];

    /// <summary>What is marked in it.</summary>
    public IReadOnlyList<TimeMark> Marks { get; init; } = [];

    /// <summary>Why there is nothing to draw; null unless a query failed.</summary>
    public string? Error { get; init; }

    /// <summary>The text of a panel of text, variables filled in.</summary>
    public string Content { get; init; } = "";

    /// <summary>Series that were left out because there are too many.</summary>
    public int LeftOut { get; init; }
}
