using MetricsSim.Analysis.Runs;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>A simulation that this program started on a daemon.</summary>
/// <param name="Index">Its place among what is played.</param>
/// <param name="Run">What is played.</param>
/// <param name="WallStart">Timestamp of this program's clock at its start.</param>
internal sealed record LiveSimulation(int Index, PlayedRun Run, long WallStart)
{
    /// <summary>How it was last seen.</summary>
    public DaemonSimulation? Latest { get; set; }

    /// <summary>Whether it need not be stopped any more.</summary>
    public bool Ended => Latest is { IsRunning: false };
}
