using MetricsSim.Core.Faults;

namespace MetricsSim.Analysis.Runs;

/// <summary>A fault as it was in force during a recorded run.</summary>
/// <param name="Fault">What broke.</param>
/// <param name="Start">First tick, since the run's start.</param>
/// <param name="End">First tick after it; null while it goes on.</param>
public sealed record RecordedFault(FaultSpec Fault, long Start, long? End)
{
    /// <summary>Wall time from which a scraper could see it; null in virtual time.</summary>
    public DateTimeOffset? WallStart { get; init; }

    /// <summary>Wall time from which a scraper could no longer see it; null in virtual time and while it goes on.</summary>
    public DateTimeOffset? WallEnd { get; init; }
}
