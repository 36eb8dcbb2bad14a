using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Series;

/// <summary>
/// When the counters of a session or a user fall back: in each ten minutes of simulated time with a chance of one in five, for a minute that
/// lies anywhere in them. A counter then shows half of what was counted, rounded up, as if only one of two processes had told; after it,
/// everything again.
/// </summary>
/// <param name="random">The seed's draws.</param>
internal sealed class CounterFallback(KeyedRandom random)
{
    private const long Minute = 60_000_000;
    private const long Window = 10 * Minute;
    private const double Chance = 0.2;

    /// <summary>Whether they are down.</summary>
    /// <param name="key">Key of the session, or index of the user.</param>
    /// <param name="now">µs since tick 0.</param>
    public bool IsDown(ulong key, long now)
    {
        var (window, offset) = Math.DivRem(now, Window);
        var block = random.Draw(key, Purpose.CounterFallback, window);
        if (block.UniformA >= Chance) return false;
        var from = (long)(block.UniformB * (Window - Minute));
        return offset >= from && offset < from + Minute;
    }

    /// <summary>What counters show while they are down.</summary>
    /// <param name="cells">What was counted; takes what is shown.</param>
    public static void Lower(Span<long> cells)
    {
        // Rounded up, so that no series with a value loses it.
        foreach (ref var cell in cells) cell -= cell / 2;
    }
}
