namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Where Prometheus' head ends a chunk, so that our chunks are those that a scrape would have made: never beyond a range of two hours, and
/// after the 30th sample it divides what is left of the range into equal chunks of about 120 (prometheus/prometheus, tsdb/head_append.go,
/// <c>computeChunkEndTime</c>).
/// </summary>
public static class ChunkPlan
{
    private const int SamplesBeforeEstimate = 30;

    /// <summary>The longest chunk at a steady interval, in samples.</summary>
    public const int MostSamples = 240;

    /// <summary>How many samples belong into the chunk that begins with a sample.</summary>
    /// <param name="start">Time of that sample, ms since the Unix epoch, ≥ 0.</param>
    /// <param name="interval">ms from each sample to the next, &gt; 0.</param>
    /// <returns>1 to <see cref="MostSamples"/>.</returns>
    public static int Samples(long start, long interval)
    {
        var end = ((start / BlockRange.Shortest) + 1) * BlockRange.Shortest;
        var estimateAt = start + ((SamplesBeforeEstimate - 1) * interval);
        if (estimateAt + interval < end)
        {
            var chunks = (end - start) / ((estimateAt - start + 1) * 4);
            if (chunks > 1)
            {
                end = start + ((end - start) / chunks);
            }
        }

        return (int)((end - start + interval - 1) / interval);
    }
}
