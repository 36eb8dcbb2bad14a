using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire;

/// <summary>
/// The bytes of a <see cref="SeriesLayout"/> for one format: metadata, names and labels, everything but the values. Made once per
/// layout, immutable, shared by all scrapes at once. A row's labels are encoded once per <see cref="LabelRows"/> instance and shared by
/// every family and format that uses it, so a series costs no bytes of its own. An axis whose labels change is a new instance,
/// unless it is a <see cref="LiveRows"/>, whose rows come with each snapshot and keep their bytes themselves.
/// </summary>
public sealed class PageLayout
{
    /// <summary>Encodes the labels and metadata of a layout: takes time and memory in proportion to rows plus leaves, not to series.</summary>
    /// <param name="layout">The families in page order.</param>
    /// <param name="format">The format of the page.</param>
    /// <param name="created">True to write <c>_created</c> samples of counters and histograms; text 0.0.4 has none and ignores it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is not known.</exception>
    public PageLayout(SeriesLayout layout, ExpositionFormat format, bool created = false)
    {
        Series = layout;
        Format = format;
        Dialect = TextDialect.For(format);
        Families = [.. layout.Families.Select(family => new FamilyBytes(family, Dialect, created))];
    }

    /// <summary>The layout these bytes stand for.</summary>
    public SeriesLayout Series { get; }

    /// <summary>The format of the page.</summary>
    public ExpositionFormat Format { get; }

    internal TextDialect Dialect { get; }

    internal FamilyBytes[] Families { get; }
}
