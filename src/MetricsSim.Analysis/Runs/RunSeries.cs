using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>
/// What one run was, column by column, at its sample boundaries 0 … <see cref="Count"/>. Counters hold the total since tick 0 at the
/// boundary, so the difference of two cells is what happened between them; gauges hold the value read there.
/// </summary>
/// <param name="count">Samples, at least 1.</param>
/// <param name="step">Length of a sample; the last one may be shorter.</param>
/// <param name="duration">Length of the run.</param>
public sealed class RunSeries(int count, TimeSpan step, TimeSpan duration)
{
    /// <summary>Buckets of request durations, the one above all bounds included.</summary>
    public static int BucketCount { get; } = Buckets.RequestDuration.Bounds.Count + 1;

    /// <summary>Samples; every column has one cell more.</summary>
    public int Count { get; private set; } = count;

    /// <summary>Length of a sample; the last one may be shorter.</summary>
    public TimeSpan Step { get; } = step;

    /// <summary>Length of the run.</summary>
    public TimeSpan Duration { get; private set; } = duration;

    /// <summary>Counter: sessions started.</summary>
    public long[] Sessions { get; } = new long[count + 1];

    /// <summary>Counter: sessions ended.</summary>
    public long[] EndedSessions { get; } = new long[count + 1];

    /// <summary>Counter: sessions ended as failed.</summary>
    public long[] FailedSessions { get; } = new long[count + 1];

    /// <summary>Counter: sum of the ended sessions' lengths, µs.</summary>
    public long[] EndedSessionMicros { get; } = new long[count + 1];

    /// <summary>Counter: API requests ended, given-up ones included.</summary>
    public long[] Requests { get; } = new long[count + 1];

    /// <summary>Counter: API requests given up.</summary>
    public long[] GivenUp { get; } = new long[count + 1];

    /// <summary>Counter: attempts that reached the backend, shed ones included: the offered load.</summary>
    public long[] Attempts { get; } = new long[count + 1];

    /// <summary>Counter: tokens of all types.</summary>
    public long[] Tokens { get; } = new long[count + 1];

    /// <summary>Counter: cost, nano-USD.</summary>
    public long[] NanoUsd { get; } = new long[count + 1];

    /// <summary>Counter: steps down of published counters, and events that the world saw and they did not.</summary>
    public long[] Losses { get; } = new long[count + 1];

    /// <summary>Counters: requests by outcome, one column for each of <see cref="PopulationFamilies.RequestOutcomes"/>.</summary>
    public IReadOnlyList<long[]> Outcomes { get; } = [.. PopulationFamilies.RequestOutcomes.Select(_ => new long[count + 1])];

    /// <summary>Counters: successful requests by duration, <see cref="BucketCount"/> cells a boundary, each bucket's own.</summary>
    public long[] Durations { get; } = new long[(count + 1) * BucketCount];

    /// <summary>Gauge: sessions in progress.</summary>
    public double[] ActiveSessions { get; } = new double[count + 1];

    /// <summary>Gauge: requests per second the backend can serve.</summary>
    public double[] Capacity { get; } = new double[count + 1];

    /// <summary>Gauge: share of the backend's servers that work, 0–1.</summary>
    public double[] Utilization { get; } = new double[count + 1];

    /// <summary>Gauge: wait for a server, seconds; may be +∞.</summary>
    public double[] Wait { get; } = new double[count + 1];

    /// <summary>Gauge: work that waits, in requests.</summary>
    public double[] Backlog { get; } = new double[count + 1];

    /// <summary>Gauge: factor on arrivals from scenarios.</summary>
    public double[] Load { get; } = new double[count + 1];

    /// <summary>Gauge: faults in force.</summary>
    public double[] ActiveFaults { get; } = new double[count + 1];

    /// <summary>Gauge: those of them that break the world rather than its telemetry.</summary>
    public double[] WorldFaults { get; } = new double[count + 1];

    /// <summary>Gauge: 1 when a scrape gets a page, else 0.</summary>
    public double[] Up { get; } = new double[count + 1];

    /// <summary>Gauge: how long after a scrape the page begins, seconds.</summary>
    public double[] PageDelay { get; } = new double[count + 1];

    /// <summary>Gauge: samples on a page; see <see cref="Core.Engine.WorldReading.PageSamples"/>.</summary>
    public double[] PageSamples { get; } = new double[count + 1];

    /// <summary>Counter: sessions that published counters no longer show since they were reset.</summary>
    public long[] SessionsBeforeReset { get; } = new long[count + 1];

    /// <summary>Counter: tokens that published counters no longer show since they were reset.</summary>
    public long[] TokensBeforeReset { get; } = new long[count + 1];

    /// <summary>All of the run.</summary>
    public RunWindow Whole => new(this, 0, Count);

    /// <summary>The run up to a boundary, as if it had ended there; the columns are the same ones, of which only the cells up to there count.</summary>
    /// <param name="boundary">0 to <see cref="Count"/>.</param>
    /// <returns>The shorter run; without a sample if the boundary is 0.</returns>
    public RunSeries Until(int boundary)
    {
        var part = (RunSeries)MemberwiseClone();
        part.Duration = TimeSpan.FromTicks(Math.Min(boundary * Step.Ticks, Duration.Ticks));
        part.Count = boundary;
        return part;
    }

    /// <summary>When a boundary is.</summary>
    /// <param name="boundary">0 to <see cref="Count"/>.</param>
    /// <returns>Seconds since the run's start.</returns>
    public double SecondsAt(int boundary) => boundary == Count ? Duration.TotalSeconds : boundary * Step.TotalSeconds;

    /// <summary>The first boundary at or after a time.</summary>
    /// <param name="seconds">Since the run's start; cut to the run.</param>
    /// <returns>0 to <see cref="Count"/>.</returns>
    public int BoundaryAt(double seconds) => (int)Math.Clamp(Math.Ceiling((seconds / Step.TotalSeconds) - 1e-6), 0, Count);

    /// <summary>How many samples a length of time is.</summary>
    /// <param name="seconds">The length.</param>
    /// <returns>At least 1; may be more than <see cref="Count"/>.</returns>
    public int SamplesIn(double seconds) => Math.Max(1, (int)Math.Round(seconds / Step.TotalSeconds));

    /// <summary>The window that ends at a boundary.</summary>
    /// <param name="to">Its end.</param>
    /// <param name="seconds">Its length; shorter where the run has not been going on for so long.</param>
    /// <returns>The window.</returns>
    public RunWindow Trailing(int to, double seconds) => new(this, Math.Min(to, BoundaryAt(SecondsAt(to) - seconds)), to);

    /// <summary>Windows of one length side by side from a boundary on; what is left over at the end is no window.</summary>
    /// <param name="within">Where.</param>
    /// <param name="seconds">Length of each.</param>
    /// <returns>The windows.</returns>
    public static IEnumerable<RunWindow> Tiles(RunWindow within, double seconds)
    {
        var width = within.Series.SamplesIn(seconds);
        for (var from = within.From; from + width <= within.To; from += width) yield return new(within.Series, from, from + width);
    }
}
