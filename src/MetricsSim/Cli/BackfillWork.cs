using MetricsSim.Backfill;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Exports;
using MetricsSim.Hosting;
using MetricsSim.Push;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Cli;

/// <summary>Makes a history: plays a world, and stores or sends its samples.</summary>
internal sealed record BackfillWork
{
    /// <summary>Where warnings and text go.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The world, which starts with the span.</summary>
    public required WorldOptions World { get; init; }

    /// <summary>The scenario that is played from the start; null for none.</summary>
    public required string? Scenario { get; init; }

    /// <summary>Which samples.</summary>
    public required HistorySpan Span { get; init; }

    /// <summary>Labels of the target.</summary>
    public required IReadOnlyList<Label> Labels { get; init; }

    /// <summary>Threads that step and encode.</summary>
    public required int Threads { get; init; }

    /// <summary>Told which share is done, 0–1.</summary>
    public required Action<double> Progress { get; init; }

    /// <summary>Makes blocks.</summary>
    /// <param name="output">The data directory.</param>
    /// <param name="blockLength">Length of blocks, ms.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <exception cref="OutputException">They could not be written.</exception>
    public HistoryTotals ToBlocks(string output, long blockLength, CancellationToken stop)
    {
        var directory = new BlockDirectory(output);
        directory.Prepare();
        if (directory.CountBetween(Span.FirstMilliseconds, Span.LastMilliseconds + 1) is > 0 and var there)
            Terminal.Error.WriteLine($"warning: {output} has {(there == 1 ? "a block" : $"{there} blocks")} of this time already: Prometheus merges what overlaps");
        // Encoding is worth sharing between threads however small the population is.
        var encoders = ThreadLanes.For(Threads);
        using var _ = encoders as IDisposable;
        return Play(layout => new BlockHistory(layout, Labels, World.Telemetry.Created, Span, blockLength, directory, encoders, stop), stop);
    }

    /// <summary>Makes text.</summary>
    /// <param name="output">The file, or <see cref="BackfillFormat.StandardOutput"/>.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <exception cref="OutputException">It could not be written.</exception>
    public HistoryTotals ToText(string output, CancellationToken stop)
    {
        using var file = Open(output);
        var target = file?.Stream;
        var totals = Play(
            layout => new PageHistory(layout, Labels, World.Telemetry.Created, bytes =>
            {
                if (target is null) Terminal.Write(bytes.Span);
                else OutputException.Guard(() => target.Write(bytes.Span));
            }),
            stop);
        OutputException.Guard(() =>
        {
            file?.Complete();
            file?.Publish();
        });
        return totals;
    }

    /// <summary>Sends it.</summary>
    /// <param name="receiver">Where to.</param>
    /// <param name="patience">How long to try a receiver that takes nothing.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <exception cref="BadOptionException">A certificate can't be read.</exception>
    /// <exception cref="HistoryRefusedException">It was not taken.</exception>
    public HistoryTotals ToReceiver(RemoteWriteOptions receiver, TimeSpan patience, CancellationToken stop)
    {
        using var client = new WriteClient(receiver, TimeProvider.System);
        var sender = new HistorySender(receiver, client, patience, TimeProvider.System, Random.Shared.NextDouble, Terminal.Error.WriteLine);
        return Play(
            layout => new WriteHistory(
                new RemoteWriteEncoder(layout, Labels, receiver.Shards, receiver.MaxSamplesPerSend, World.Telemetry.Created, receiver.Version), receiver.Shards, sender, stop),
            stop);
    }

    private static PendingFile? Open(string output)
    {
        if (output == BackfillFormat.StandardOutput) return null;
        PendingFile? file = null;
        OutputException.Guard(() => file = new PendingFile(output, gzip: false));
        return file;
    }

    private HistoryTotals Play(Func<SeriesLayout, IHistory> history, CancellationToken stop)
    {
        var lanes = ThreadLanes.For(Threads, World);
        using var _ = lanes as IDisposable;
        var world = new World(World, lanes);
        if (Scenario is { } id && world.Apply(new StartSimulation(id)) is { Applied: false, Detail: var detail }) throw new InvalidOperationException(detail);
        return HistoryPlayer.Play(world, Span, history(world.Layout), Progress, stop);
    }
}
