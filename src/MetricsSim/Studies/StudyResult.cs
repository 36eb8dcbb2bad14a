using MetricsSim.Configuration;

namespace MetricsSim.Studies;

/// <summary>What a study found.</summary>
internal sealed record StudyResult
{
    /// <summary>What measured.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>What was asked for.</summary>
    public required StudySettings Settings { get; init; }

    /// <summary>What was measured, ascending; those left out are among them with a reason.</summary>
    public required IReadOnlyList<SizeResult> Sizes { get; init; }

    /// <summary>What follows for each class and form of query.</summary>
    public IReadOnlyList<ClassFinding> Findings => [.. ClassFinding.All(this)];
}

/// <summary>What was asked for.</summary>
/// <param name="HistorySeconds">Length of the history.</param>
/// <param name="IntervalSeconds">From sample to sample.</param>
/// <param name="StepSeconds">Step of range queries.</param>
/// <param name="RateWindowSeconds">Window of rates.</param>
/// <param name="Repeat">How often a query is repeated at the most.</param>
/// <param name="Scrapes">Scrapes after the first one.</param>
/// <param name="Seed">The world's seed.</param>
/// <param name="TotalSeriesLimit"><c>benchmarks.cardinality_limits.total_series</c>.</param>
/// <param name="LimitsMs">Limits of <c>benchmarks.query_performance</c> by class, ms.</param>
internal sealed record StudySettings(
    double HistorySeconds,
    double IntervalSeconds,
    double StepSeconds,
    double RateWindowSeconds,
    int Repeat,
    int Scrapes,
    ulong Seed,
    long TotalSeriesLimit,
    IReadOnlyDictionary<string, double> LimitsMs)
{
    /// <summary>In a line.</summary>
    public override string ToString() =>
        $"{Text(HistorySeconds)} of history, a sample every {Text(IntervalSeconds)}, range queries over all of it in steps of {Text(StepSeconds)}, "
        + $"rates over {Text(RateWindowSeconds)}; a query first, then up to {Repeat} times more; {Scrapes + 1} scrapes; seed {Seed}";

    private static string Text(double seconds) => DurationText.Format(DurationText.FromSeconds(seconds));
}

/// <summary>What was measured at a size. What comes after <see cref="Problem"/> is missing.</summary>
internal sealed record SizeResult
{
    /// <summary>Series that were asked for.</summary>
    public required long Asked { get; init; }

    /// <summary>Users that give about as many.</summary>
    public required int Users { get; init; }

    /// <summary>Series there are: in the history, or expected when there is none.</summary>
    public required long Series { get; init; }

    /// <summary>Why something is missing, a sentence; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The writing of the history.</summary>
    public HistoryCost? History { get; init; }

    /// <summary>From the start of the server to its readiness, s.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>The queries, in the order of their classes.</summary>
    public IReadOnlyList<QueryCost> Queries { get; init; } = [];

    /// <summary>The scraping.</summary>
    public IngestCost? Ingest { get; init; }

    /// <summary>Resident memory of the server.</summary>
    public MemoryUse? Memory { get; init; }
}

/// <summary>What a history cost.</summary>
/// <param name="Samples">Samples of all series.</param>
/// <param name="Seconds">Time it took to make and write it.</param>
/// <param name="Blocks">Blocks written.</param>
/// <param name="ChunkBytes">Bytes of samples.</param>
/// <param name="IndexBytes">Bytes of the index: labels, postings, and where the samples are.</param>
internal sealed record HistoryCost(long Samples, double Seconds, int Blocks, long ChunkBytes, long IndexBytes)
{
    /// <summary>Of all that is on disk.</summary>
    public double BytesPerSample => (double)(ChunkBytes + IndexBytes) / Math.Max(1, Samples);
}

/// <summary>Resident memory of the server, bytes; null where it did not come so far.</summary>
/// <param name="AtStart">Once ready.</param>
/// <param name="AfterQueries">After all queries.</param>
/// <param name="AfterIngest">After the last scrape.</param>
internal sealed record MemoryUse(long AtStart, long? AfterQueries, long? AfterIngest);

/// <summary>What scraping cost.</summary>
/// <param name="SamplesPerScrape">Samples of a scrape.</param>
/// <param name="FirstSeconds"><c>scrape_duration_seconds</c> of the first, which makes the series; the interval at the least if it failed.</param>
/// <param name="LaterSeconds">Median of those after it that did not fail.</param>
/// <param name="Failed">Scrapes that took longer than the interval.</param>
/// <param name="CpuSecondsPerScrape">Processor time of the server from one to the next, all it does included; null where it does not tell.</param>
/// <param name="HeadSeries">Series in its head.</param>
/// <param name="LogBytes">Bytes of the write-ahead log after all of them.</param>
internal sealed record IngestCost(
    long SamplesPerScrape, double FirstSeconds, double LaterSeconds, int Failed, double? CpuSecondsPerScrape, long HeadSeries, long LogBytes)
{
    /// <summary>While it scrapes.</summary>
    public double SamplesPerSecond => SamplesPerScrape / Math.Max(LaterSeconds, 1e-9);
}
