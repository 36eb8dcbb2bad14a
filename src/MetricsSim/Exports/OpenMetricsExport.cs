using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Exports;

/// <summary>
/// The whole metrics page of every sample, each with its simulated time, one behind the other and one <c># EOF</c> at the end: what
/// <c>promtool tsdb create-blocks-from openmetrics</c> imports. It is what a scraper would have got: nothing while the exporter is down.
/// </summary>
internal sealed class OpenMetricsExport : IRunExport
{
    private const int BufferSize = 256 * 1024;

    private readonly Stream _output;
    private readonly CancellationToken _stop;
    private PageLayout? _layout;
    private Snapshot? _snapshot;
    private byte[] _buffer = new byte[BufferSize];

    /// <summary>Begins an export.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="stop">Cancelled to give up in the middle of a page.</param>
    public OpenMetricsExport(Stream output, CancellationToken stop)
    {
        _output = output;
        _stop = stop;
    }

    /// <inheritdoc />
    public void Write(RunSample sample, World world)
    {
        _layout ??= new PageLayout(world.Layout, ExpositionFormat.OpenMetrics100, world.Options.Telemetry.Created);
        _snapshot ??= new Snapshot(world.Layout);
        world.CopyTo(_snapshot);
        // A scraper stamps what it gets by its own clock, which no fault of the exporter moves.
        _snapshot.UnixMilliseconds = sample.Time.ToUnixTimeMilliseconds();
        if (!_snapshot.ExporterDown) WritePage(_layout, _snapshot);
        if (sample.IsLast) _output.Write("# EOF\n"u8);
    }

    private void WritePage(PageLayout layout, Snapshot snapshot)
    {
        var page = new PageWriter([new PagePart(layout, snapshot)], timestamps: true, last: false);
        if (_buffer.Length < page.MinimumBuffer) _buffer = new byte[page.MinimumBuffer];
        bool more;
        do
        {
            _stop.ThrowIfCancellationRequested();
            more = page.Fill(_buffer, out var written);
            _output.Write(_buffer.AsSpan(0, written));
        }
        while (more);
    }
}
