using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Hosting;

/// <summary>What a daemon is started with.</summary>
internal sealed record DaemonOptions
{
    /// <summary>The effective configuration.</summary>
    public required SimulatorConfig Config { get; init; }

    /// <summary>A scenario to begin with at tick 0, or null for none.</summary>
    public StartSimulation? Initial { get; init; }

    /// <summary>Where it keeps its journal, or null for nowhere.</summary>
    public JournalOptions? Journal { get; init; }

    /// <summary>Whether who started it shows how far a resumed run has come, so that the log needn't.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Threads a tick runs on, and pages are compressed on; 0 chooses one per processor, for the ticks of a small population one.</summary>
    public int Threads { get; init; }

    /// <summary>Where the ground truth is kept; null for nowhere.</summary>
    public string? GroundTruth { get; init; }

    /// <summary>Called once both ports listen.</summary>
    public Action<DaemonHandle>? Started { get; init; }

    /// <summary>The clock that paces the world.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where console log lines and errors go; null is standard error.</summary>
    public TextWriter? Error { get; init; }
}

/// <summary>A running daemon, for who watches it from inside the process.</summary>
/// <param name="Port">Control port.</param>
/// <param name="MetricsPort">Metrics port.</param>
/// <param name="Loop">The world's loop.</param>
/// <param name="Metrics">What the process tells about itself.</param>
/// <param name="Sender">Writes pages.</param>
internal sealed record DaemonHandle(int Port, int MetricsPort, SimulationLoop Loop, RuntimeMetrics Metrics, PageSender Sender)
{
    /// <summary>When the latest whole page was served, in wall time; null before the first.</summary>
    public DateTimeOffset? LastScrape => Metrics.LastScrape;
}
