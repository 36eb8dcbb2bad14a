namespace MetricsSim.Hosting;

/// <summary>Decides when a lag is worth a log line: from one second on, and then at most once a minute.</summary>
internal sealed class LagWatch(TimeProvider time)
{
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private long? _toldAt;

    /// <summary>Whether to tell now; if so, it has been told.</summary>
    /// <param name="lag">How late a tick ran.</param>
    /// <returns>True once a minute while the lag lasts.</returns>
    public bool ShouldTell(TimeSpan lag)
    {
        if (lag < Worth || (_toldAt is long told && time.GetElapsedTime(told) < Quiet)) return false;
        _toldAt = time.GetTimestamp();
        return true;
    }
}
