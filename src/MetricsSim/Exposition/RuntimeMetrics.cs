using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Exposition;

/// <summary>
/// What the running process tells about itself: <c>metricssim_runtime_*</c>, last on the live page and nowhere else, since it depends
/// on wall time and on who scrapes. Safe for concurrent use.
/// </summary>
internal sealed partial class RuntimeMetrics
{
    private readonly Lock _lock = new();
    private readonly Snapshot _values = new(Layout);
    private readonly TimeProvider _time;

    /// <summary>Starts at zero, now.</summary>
    /// <param name="time">The wall clock.</param>
    public RuntimeMetrics(TimeProvider time)
    {
        _time = time;
        StartedAt = time.GetUtcNow();
        Cells(RuntimeFamilies.StartTime)[0] = StartedAt.ToUnixTimeMilliseconds();
        Cells(RuntimeFamilies.Build)[0] = 1;
    }

    /// <summary>The families and their columns.</summary>
    public static SeriesLayout Layout { get; } = new(RuntimeFamilies.All);

    /// <summary>When this began, in wall time.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When the latest whole page was served, in wall time; null before the first.</summary>
    public DateTimeOffset? LastScrape { get; private set; }

    /// <summary>Whole pages served, in any format.</summary>
    public long ScrapeCount
    {
        get
        {
            lock (_lock) return Cells(RuntimeFamilies.Scrapes).Sum();
        }
    }

    /// <summary>How long after it was due the latest tick ran.</summary>
    public TimeSpan TickLag
    {
        get
        {
            lock (_lock) return TimeSpan.FromMicroseconds(Cells(RuntimeFamilies.Lag)[0]);
        }
    }

    /// <summary>Counts a tick.</summary>
    /// <param name="duration">How long it took.</param>
    /// <param name="lag">How long after it was due it began.</param>
    public void RecordTick(TimeSpan duration, TimeSpan lag)
    {
        lock (_lock)
        {
            Cells(RuntimeFamilies.Ticks)[0]++;
            Cells(RuntimeFamilies.Lag)[0] = Microseconds(lag);
            Observe(RuntimeFamilies.TickDuration, duration);
        }
    }

    /// <summary>Counts a whole page.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="duration">From its request to its last byte.</param>
    public void RecordScrape(ExpositionFormat format, TimeSpan duration)
    {
        lock (_lock)
        {
            Cells(RuntimeFamilies.Scrapes)[Array.IndexOf(RuntimeFamilies.Formats, format)]++;
            Observe(RuntimeFamilies.ScrapeDuration, duration);
            LastScrape = _time.GetUtcNow();
        }
    }

    /// <summary>Counts a scrape without a whole page.</summary>
    /// <param name="reason">Why.</param>
    public void RecordFailedScrape(ScrapeFailure reason)
    {
        lock (_lock) Cells(RuntimeFamilies.ScrapesFailed)[(int)reason]++;
    }

    /// <summary>Copies the values, with those of the process read now.</summary>
    /// <returns>A snapshot of <see cref="Layout"/>, the caller's.</returns>
    public Snapshot Capture()
    {
        var copy = new Snapshot(Layout);
        lock (_lock)
        {
            Cells(RuntimeFamilies.Resident)[0] = Environment.WorkingSet;
            Cells(RuntimeFamilies.Heap)[0] = GC.GetTotalMemory(forceFullCollection: false);
            foreach (int generation in RuntimeFamilies.Generations)
                Cells(RuntimeFamilies.Collections)[generation] = GC.CollectionCount(generation);
            for (int i = 0; i < copy.Columns.Length; i++) _values.Columns[i].CopyTo(copy.Columns[i], 0);
        }

        copy.UnixMilliseconds = _time.GetUtcNow().ToUnixTimeMilliseconds();
        copy.CreatedUnixMilliseconds = StartedAt.ToUnixTimeMilliseconds();
        return copy;
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private long[] Cells(MetricFamily family)
    {
        for (int i = 0; i < RuntimeFamilies.All.Count; i++)
            if (ReferenceEquals(RuntimeFamilies.All[i], family)) return _values.Columns[i];
        throw new ArgumentException($"{family.Name} is not a runtime family.", nameof(family));
    }

    private void Observe(MetricFamily family, TimeSpan value)
    {
        long[] cells = Cells(family);
        int bucket = 0;
        while (bucket < family.Bounds.Count && value.TotalSeconds > family.Bounds[bucket]) bucket++;
        cells[bucket]++;
        cells[^1] += Microseconds(value);
    }
}
