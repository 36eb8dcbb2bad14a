using System.Text;
using System.Text.Json.Nodes;
using MetricsSim.Analysis.Runs;
using MetricsSim.Cli;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Exports;

/// <summary>
/// Writes the time series of one run while it is played (config: <c>exports</c>). The files appear together when it is over; a run that is
/// given up, or a disk that is full, leaves none.
/// </summary>
internal sealed class RunExporter : IDisposable
{
    private readonly List<PendingFile> _files = [];
    private readonly List<IRunExport> _exports = [];
    private readonly RunSample _sample;

    /// <summary>Begins the files of a run.</summary>
    /// <param name="config">The configuration, with what to export.</param>
    /// <param name="start">What is going to be played.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <exception cref="OutputException">A file can't be written.</exception>
    public RunExporter(SimulatorConfig config, StartSimulation start, CancellationToken stop)
    {
        var tick = config.World.Tick;
        var options = config.Document.Exports;
        var ticks = TimelinePlan.Of(config.World.Scenarios[start.ScenarioId], start, tick).Ticks;
        _sample = new RunSample(ticks);
        Watch = new RunWatch(options.Interval, Look);
        JsonObject? Metadata() => options.IncludeMetadata ? ExportMetadata.Of(config, start, ticks * tick, Watch.Ticks(tick) * tick) : null;
        try
        {
            OutputException.Guard(() =>
            {
                Directory.CreateDirectory(options.Directory);
                foreach (var format in options.Formats.Distinct()) Open(format, options, start.ScenarioId, Metadata, stop);
                if (options.Formats.All(format => format == ExportFormatName.Json) || Metadata() is not { } metadata) return;
                var beside = new PendingFile(Path.Combine(options.Directory, $"{start.ScenarioId}.series.meta.json"), gzip: false);
                _files.Add(beside);
                beside.Stream.Write(Encoding.UTF8.GetBytes(Json.Text(metadata)));
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the player of the scenario takes.</summary>
    public RunWatch Watch { get; }

    /// <summary>Gives the files their names.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="OutputException">One could not be written; then none has its name, unless only the last step failed.</exception>
    public IReadOnlyList<string> Publish()
    {
        OutputException.Guard(() =>
        {
            foreach (var file in _files) file.Complete();
            foreach (var file in _files) file.Publish();
        });
        return [.. _files.Select(file => file.Path)];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private void Open(ExportFormatName format, ExportsSection options, string id, Func<JsonObject?> metadata, CancellationToken stop)
    {
        var gzip = options.Compression == CompressionName.Gzip;
        var (extension, make) = format switch
        {
            ExportFormatName.Json => ("json", (Func<Stream, IRunExport>)(stream => new JsonExport(stream, metadata()))),
            ExportFormatName.Csv => ("csv", stream => new CsvExport(stream)),
            _ => ("om", stream => new OpenMetricsExport(stream, stop)),
        };
        var file = new PendingFile(Path.Combine(options.Directory, $"{id}.series.{extension}{(gzip ? ".gz" : "")}"), gzip);
        _files.Add(file);
        _exports.Add(make(file.Stream));
    }

    private void Look(World world, long losses)
    {
        _sample.Take(world, losses);
        OutputException.Guard(() =>
        {
            foreach (var export in _exports) export.Write(_sample, world);
        });
    }
}
