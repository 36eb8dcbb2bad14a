using MetricsSim.Core.Series;
using MetricsSim.Wire;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Backfill;

/// <summary>
/// History as OpenMetrics text: a page with timestamps for each sample, one behind the other, and one end. This is what
/// <c>promtool tsdb create-blocks-from openmetrics</c> reads.
/// </summary>
internal sealed class PageHistory : IHistory
{
    private const int LeastBuffer = 256 * 1024;
    private static readonly byte[] End = "# EOF\n"u8.ToArray();

    private readonly Action<ReadOnlyMemory<byte>> _write;
    private readonly PageLayout _layout;
    private readonly Snapshot _view;
    private byte[] _buffer = [];
    private long _samples;
    private long _series;
    private long _bytes;

    /// <summary>Encodes the labels.</summary>
    /// <param name="layout">The world's families.</param>
    /// <param name="labels">Labels of the target, which a scrape would add.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    /// <param name="write">Takes the bytes.</param>
    public PageHistory(SeriesLayout layout, IReadOnlyList<Label> labels, bool created, Action<ReadOnlyMemory<byte>> write)
    {
        _write = write;
        _layout = new PageLayout(TargetLabels.AddTo(layout, labels), ExpositionFormat.OpenMetrics100, created);
        Next = new Snapshot(layout);
        _view = new Snapshot(_layout.Series);
    }

    /// <inheritdoc />
    public Snapshot Next { get; }

    /// <inheritdoc />
    public void Take()
    {
        if (Next.ExporterDown) return;
        // Target labels change no value: the page is written from the same columns.
        Next.Columns.CopyTo(_view.Columns, 0);
        Next.Hidden.CopyTo(_view.Hidden, 0);
        Next.Live.CopyTo(_view.Live, 0);
        _view.UnixMilliseconds = Next.UnixMilliseconds;
        _view.CreatedUnixMilliseconds = Next.CreatedUnixMilliseconds;
        var page = new PageWriter([new PagePart(_layout, _view)], timestamps: true, last: false);
        if (_buffer.Length < page.MinimumBuffer) _buffer = new byte[Math.Max(LeastBuffer, page.MinimumBuffer)];
        var series = 0L;
        bool more;
        do
        {
            more = page.Fill(_buffer, out var written);
            series += Samples(_buffer.AsSpan(0, written));
            Write(_buffer.AsMemory(0, written));
        }
        while (more);
        _samples += series;
        _series = Math.Max(_series, series);
    }

    /// <inheritdoc />
    public HistoryTotals Finish()
    {
        Write(End);
        return new HistoryTotals(null, _series, _samples, _bytes);
    }

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        _write(bytes);
        _bytes += bytes.Length;
    }

    /// <summary>Lines that are not metadata, in whole lines.</summary>
    private static int Samples(ReadOnlySpan<byte> lines)
    {
        var count = lines.Count((byte)'\n') - lines.Count("\n# "u8);
        return lines.StartsWith("# "u8) ? count - 1 : count;
    }
}
