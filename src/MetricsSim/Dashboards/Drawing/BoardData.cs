using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing;

/// <summary>A dashboard with all that is drawn in it.</summary>
internal sealed record BoardData
{
    /// <summary>The dashboard.</summary>
    public required Dashboard Dashboard { get; init; }

    /// <summary>The time it shows.</summary>
    public required BoardTime Time { get; init; }

    /// <summary>What was chosen for its variables, those aside that hold a data source.</summary>
    public IReadOnlyList<(string Name, string Value)> Choices { get; init; } = [];

    /// <summary>Its panels in their order, without those of folded rows.</summary>
    public required IReadOnlyList<PanelData> Panels { get; init; }

    /// <summary>Annotations whose query failed, and why: they have no marks.</summary>
    public IReadOnlyList<(string Annotation, string Error)> FailedMarks { get; init; } = [];

    /// <summary>What to call it: its title, or where it comes from.</summary>
    public string Name => Dashboard.Title.Length > 0 ? Dashboard.Title : Dashboard.Source;

    /// <summary>The time that it shows, in UTC.</summary>
    public string Range
    {
        get
        {
            var (from, to) = (Time.From.UtcDateTime, Time.To.UtcDateTime);
            return $"{from:yyyy-MM-dd HH:mm} to {(from.Date == to.Date ? $"{to:HH:mm}" : $"{to:yyyy-MM-dd HH:mm}")} UTC";
        }
    }
}
