namespace MetricsSim.Core.Series;

/// <summary>
/// The values of every series at one tick boundary: one scrape, one snapshot, so families, buckets, sums and counts agree with each other.
/// Whoever got it from the world owns it; it does not change while it is held.
/// </summary>
public sealed class Snapshot
{
    /// <summary>Makes an empty snapshot for a layout, to be filled by <see cref="Engine.World.CopyTo"/>.</summary>
    /// <param name="layout">Families and the shape of their columns.</param>
    public Snapshot(SeriesLayout layout)
    {
        Layout = layout;
        Columns = [.. layout.Families.Select(family => new long[family.CellCount])];
        Exemplars = [.. layout.Families.Select(family => family.HasExemplars ? new Exemplar[checked(family.SeriesCount * family.ExemplarsPerSeries)] : [])];
        Hidden = new RowMask?[Columns.Length];
        var live = layout.Families.Select(family => family.Rows).OfType<LiveRows>().Distinct().ToDictionary(axis => (LabelRows)axis, _ => new LiveRowBuffer());
        Live = [.. layout.Families.Select(family => live.GetValueOrDefault(family.Rows))];
    }

    /// <summary>Families and the shape of their columns.</summary>
    public SeriesLayout Layout { get; }

    /// <summary>One column of cells per family of <see cref="Layout"/>; see <see cref="MetricFamily"/> for their meaning.</summary>
    public long[][] Columns { get; }

    /// <summary>For each family <see cref="MetricFamily.ExemplarsPerSeries"/> a series, in the order of the series; empty where it has none.</summary>
    public Exemplar[][] Exemplars { get; }

    /// <summary>For each family the rows that are missing from the page, or null when none is; their cells go on.</summary>
    public RowMask?[] Hidden { get; }

    /// <summary>
    /// For each family with a <see cref="LiveRows"/> axis the rows there are, one buffer an axis; its column has at least as many cells as
    /// these rows need. Null for all others.
    /// </summary>
    public LiveRowBuffer?[] Live { get; }

    /// <summary>The tick whose state this is: 0 before the first step.</summary>
    public long Tick { get; set; }

    /// <summary>Whether the exporter is down at this tick: whoever scrapes gets 503 instead of this page.</summary>
    public bool ExporterDown { get; set; }

    /// <summary>How long after it was asked for at this tick a page begins, at least zero.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Simulated time of <see cref="Tick"/>, by the exporter's clock, ms since the Unix epoch: what <c>--timestamps</c> writes.</summary>
    public long UnixMilliseconds { get; set; }

    /// <summary>When the counters began at 0, simulated, by the exporter's clock, ms since the Unix epoch: what <c>_created</c> says.</summary>
    public long CreatedUnixMilliseconds { get; set; }
}
