using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.Protobuf;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire;

/// <summary>
/// The bytes of a <see cref="SeriesLayout"/> for one format: metadata, names and labels, everything but the values. Made once per
/// layout, immutable, shared by all scrapes at once. A row's labels are encoded once per <see cref="LabelRows"/> instance and shared by
/// every family that uses it, and by both text formats, so a series costs no bytes of its own. An axis whose labels change is a new
/// instance, unless it is a <see cref="LiveRows"/>, whose rows come with each snapshot and keep their bytes themselves.
/// </summary>
public sealed class PageLayout
{
    private readonly LabelEncoding _encoding;
    private readonly TextDialect? _dialect;
    private readonly FamilyBytes[] _text = [];
    private readonly ProtobufFamily[] _protobuf = [];

    /// <summary>Encodes the labels and metadata of a layout: takes time and memory in proportion to rows plus leaves, not to series.</summary>
    /// <param name="layout">The families in page order.</param>
    /// <param name="format">The format of the page.</param>
    /// <param name="created">True to tell when counters and histograms began; text 0.0.4 can't and ignores it.</param>
    /// <param name="escaping">What becomes of names that a Prometheus before 3.0 wouldn't take.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is not known.</exception>
    public PageLayout(SeriesLayout layout, ExpositionFormat format, bool created = false, NameEscaping escaping = NameEscaping.Underscores)
    {
        Series = layout;
        Format = format;
        _encoding = LabelEncoding.Of(format, escaping);
        if (format == ExpositionFormat.Protobuf)
        {
            _protobuf = [.. layout.Families.Select(family => new ProtobufFamily(family, created, escaping))];
            return;
        }

        _dialect = TextDialect.For(format);
        _text = [.. layout.Families.Select(family => new FamilyBytes(family, _dialect, created, escaping))];
    }

    /// <summary>The layout these bytes stand for.</summary>
    public SeriesLayout Series { get; }

    /// <summary>The format of the page.</summary>
    public ExpositionFormat Format { get; }

    /// <summary>What ends a page; may be empty.</summary>
    internal byte[] Trailer => _dialect?.Trailer ?? [];

    /// <summary>A cursor at the start of the part of a page with the values of a snapshot.</summary>
    internal IPartCursor Begin(Snapshot snapshot, bool timestamps) => _dialect is { } dialect
        ? new PartCursor(_text, snapshot, dialect, _encoding, timestamps)
        : new ProtobufCursor(_protobuf, snapshot, _encoding, timestamps);
}
