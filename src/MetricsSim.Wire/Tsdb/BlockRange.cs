namespace MetricsSim.Wire.Tsdb;

/// <summary>The span of time of a block, whole multiples of its length since the Unix epoch, as Prometheus' compaction expects.</summary>
/// <param name="Start">ms since the Unix epoch, part of the range.</param>
/// <param name="End">ms since the Unix epoch, after the range.</param>
public readonly record struct BlockRange(long Start, long End)
{
    /// <summary>Prometheus' shortest block: two hours, in ms.</summary>
    public const long Shortest = 2 * 3_600_000L;

    /// <summary>Each level of compaction is three times as long as the one before.</summary>
    private const int Factor = 3;

    /// <summary>The longest block that Prometheus' compaction would make within a limit: 2 h, 6 h, 18 h, 54 h …</summary>
    /// <param name="limit">ms; below two hours it is two hours.</param>
    /// <returns>ms.</returns>
    public static long LengthWithin(long limit)
    {
        var length = Shortest;
        while (length * Factor <= limit)
        {
            length *= Factor;
        }

        return length;
    }

    /// <summary>The block that holds a time.</summary>
    /// <param name="time">ms since the Unix epoch, ≥ 0.</param>
    /// <param name="length">Length of blocks, ms.</param>
    public static BlockRange Of(long time, long length) => new(time / length * length, ((time / length) + 1) * length);
}
