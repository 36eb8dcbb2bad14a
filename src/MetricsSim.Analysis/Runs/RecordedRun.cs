using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>A scenario that was played in virtual time, with everything that judging it needs.</summary>
public sealed record RecordedRun : PlayedRun
{
    /// <summary>What was published.</summary>
    public required SeriesLayout Layout { get; init; }

    /// <summary>What was recorded.</summary>
    public required RunSeries Series { get; init; }

    /// <summary>Whether it is over; if not, it was recorded up to now.</summary>
    public bool Ended { get; init; } = true;

    /// <summary>The faults that were in force, in order of start; those of the plan unless said.</summary>
    public IReadOnlyList<RecordedFault> Faults
    {
        get => field ?? [.. Plan.Faults.Select(planned => new RecordedFault(planned.Fault, planned.Start, planned.End))];
        init;
    }

    /// <summary>When each boundary could first be scraped, UTC ticks of the wall clock; null in virtual time.</summary>
    public IReadOnlyList<long>? SeenAt { get; init; }

    /// <summary>From the start to the first event; empty when a fault was there from the beginning.</summary>
    public RunWindow Baseline => new(Series, 0, Series.BoundaryAt(Seconds(Plan.BaselineTicks)));
}
