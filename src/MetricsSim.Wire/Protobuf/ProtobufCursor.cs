using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Protobuf;

/// <summary>
/// The place in one part of a page of <c>MetricFamily</c> messages, each after its length. It stands before a family or before a metric of
/// one: a family's length is added up before its first byte is written, so it can be longer than any buffer. A family without visible
/// series is left out.
/// </summary>
internal sealed class ProtobufCursor : IPartCursor
{
    private const long Unknown = -1;
    private readonly ProtobufFamily[] _families;
    private readonly Snapshot _snapshot;
    private readonly SingleValue[] _singles;
    private readonly HistogramValue[] _histograms;
    private readonly SummaryValue[] _summaries;
    private readonly LabelEncoding _encoding;
    private readonly byte[] _rowLabels;
    private int _family;
    private long _familySize = Unknown;
    private bool _opened;
    private int _row;
    private int _leaf;

    public ProtobufCursor(ProtobufFamily[] families, Snapshot snapshot, LabelEncoding encoding, bool timestamps)
    {
        _families = families;
        _snapshot = snapshot;
        _encoding = encoding;
        _singles = new SingleValue[families.Length];
        _rowLabels = RowBytes.Scratch(families, family => family.Rows);
        _histograms = new HistogramValue[families.Length];
        _summaries = new SummaryValue[families.Length];
        var times = new PageTimes(snapshot, timestamps);
        for (var i = 0; i < families.Length; i++)
        {
            var family = families[i];
            var labels = family.LongestLabels + (snapshot.Live[i] is { } rows ? RowsOfNow.Encode(family.Family.Rows, rows, encoding) : 0);
            var body = 0;
            if (family.Family.Type == MetricType.Histogram)
            {
                body = (_histograms[i] = new HistogramValue(family, times)).Longest;
            }
            else if (family.Family.Type == MetricType.Summary)
            {
                body = (_summaries[i] = new SummaryValue(family, times)).Longest;
            }
            else
            {
                body = (_singles[i] = new SingleValue(family, times)).Longest;
            }

            LongestBlock = Math.Max(LongestBlock, Math.Max(1 + Varint.MaxLength + labels + body, Varint.MaxLength + family.Header.Length));
        }
    }

    public int LongestBlock { get; }

    public bool Fill(Span<byte> destination, ref int written)
    {
        for (; _family < _families.Length; _family++, _familySize = Unknown, _opened = false, _row = 0, _leaf = 0)
        {
            var family = _families[_family];
            var complete = _snapshot.Live[_family] is { } live ? Fill(family, new RowsOfNow(live, _encoding), destination, ref written)
                : _snapshot.Hidden[_family] is { } hidden ? Fill(family, new RowsBut(family.Rows, hidden, _rowLabels), destination, ref written)
                : Fill(family, new AllRows(family.Rows, _rowLabels), destination, ref written);
            if (!complete)
            {
                return false;
            }
        }

        return true;
    }

    private bool Fill<TRows>(ProtobufFamily family, TRows rows, Span<byte> destination, ref int written)
        where TRows : struct, IPageRows =>
        family.Family.Type switch
        {
            MetricType.Histogram => Fill(family, rows, _histograms[_family], destination, ref written),
            MetricType.Summary => Fill(family, rows, _summaries[_family], destination, ref written),
            _ => Fill(family, rows, _singles[_family], destination, ref written),
        };

    private bool Fill<TRows, TBody>(ProtobufFamily family, TRows rows, TBody body, Span<byte> destination, ref int written)
        where TRows : struct, IPageRows
        where TBody : struct, IMetricBody
    {
        ReadOnlySpan<long> column = _snapshot.Columns[_family];
        ReadOnlySpan<Exemplar> exemplars = _snapshot.Exemplars[_family];
        if (!_opened)
        {
            if (_familySize == Unknown)
            {
                _familySize = SizeOfMetrics(family, rows, body, column, exemplars);
            }

            if (_familySize == 0)
            {
                return true;
            }

            if (destination.Length - written < Varint.MaxLength + family.Header.Length)
            {
                return false;
            }

            written += Varint.Write((ulong)(family.Header.Length + _familySize), destination[written..]);
            family.Header.CopyTo(destination[written..]);
            written += family.Header.Length;
            _opened = true;
        }

        return WriteMetrics(family, rows, body, column, exemplars, destination, ref written);
    }

    private static long SizeOfMetrics<TRows, TBody>(
        ProtobufFamily family, TRows rows, TBody body, ReadOnlySpan<long> column, ReadOnlySpan<Exemplar> exemplars)
        where TRows : struct, IPageRows
        where TBody : struct, IMetricBody
    {
        var size = 0L;
        var (leaves, stride, hide) = (family.Family.Leaves.Count, family.Family.Stride, family.Family.HideUntouched);
        var perSeries = family.Family.ExemplarsPerSeries;
        for (var row = 0; row < rows.Count; row++)
        {
            if (!rows.Has(row))
            {
                continue;
            }

            var labels = rows.Length(row);
            for (var leaf = 0; leaf < leaves; leaf++)
            {
                var series = (row * leaves) + leaf;
                var cells = column.Slice(series * stride, stride);
                if (!hide || body.Touched(cells))
                {
                    var metric = labels + family.Leaf(leaf).Length + body.Size(cells, exemplars.Slice(series * perSeries, perSeries));
                    size += 1 + Varint.Length(metric) + metric;
                }
            }
        }

        return size;
    }

    private bool WriteMetrics<TRows, TBody>(
        ProtobufFamily family, TRows rows, TBody body, ReadOnlySpan<long> column, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination, ref int written)
        where TRows : struct, IPageRows
        where TBody : struct, IMetricBody
    {
        var (leaves, stride, hide) = (family.Family.Leaves.Count, family.Family.Stride, family.Family.HideUntouched);
        var perSeries = family.Family.ExemplarsPerSeries;
        for (; _row < rows.Count; _row++, _leaf = 0)
        {
            if (!rows.Has(_row))
            {
                continue;
            }

            var labels = rows.Labels(_row);
            for (; _leaf < leaves; _leaf++)
            {
                var series = (_row * leaves) + _leaf;
                var cells = column.Slice(series * stride, stride);
                if (hide && !body.Touched(cells))
                {
                    continue;
                }

                var leaf = family.Leaf(_leaf);
                var traces = exemplars.Slice(series * perSeries, perSeries);
                var size = labels.Length + leaf.Length + body.Size(cells, traces);
                if (destination.Length - written < 1 + Varint.MaxLength + size)
                {
                    return false;
                }

                destination[written++] = Tags.FamilyMetric;
                written += Varint.Write((ulong)size, destination[written..]);
                labels.CopyTo(destination[written..]);
                written += labels.Length;
                leaf.CopyTo(destination[written..]);
                written += leaf.Length;
                written += body.Write(cells, traces, destination[written..]);
            }
        }

        return true;
    }
}
