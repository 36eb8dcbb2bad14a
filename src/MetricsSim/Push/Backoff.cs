namespace MetricsSim.Push;

/// <summary>The pauses between attempts to send one request: they double up to a limit, and jitter keeps shards apart.</summary>
/// <param name="first">The first pause.</param>
/// <param name="longest">The longest.</param>
/// <param name="random">Draws from [0, 1).</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    /// <summary>No receiver is waited for longer than this, whatever it asks for.</summary>
    public static readonly TimeSpan LongestAskedFor = TimeSpan.FromHours(1);

    private TimeSpan _pause = first;

    /// <summary>The next pause.</summary>
    /// <param name="asked">What the receiver asks for: no pause is shorter.</param>
    /// <returns>Half to all of the pause that is due.</returns>
    public TimeSpan Next(TimeSpan? asked)
    {
        TimeSpan pause = _pause * (0.5 + (random() / 2));
        _pause = _pause * 2 < longest ? _pause * 2 : longest;
        if (asked is not { } least || least <= pause) return pause;
        return least < LongestAskedFor ? least : LongestAskedFor;
    }
}
