namespace MetricsSim.Core.Faults;

/// <content>
/// The faults of the telemetry itself, and how overlapping ones compose: while one keeps the exporter down there is no page, however slow
/// another would make it; delays of a page add up, and so do offsets of the clock; a row is missing if any gap hits it; a request brings
/// one series, by the first explosion that hits it and still has room, and it vanishes with that one; a counter reset takes all counters to
/// zero again, whatever was reset before, and forgets the series of explosions, whose bounds are free again. None of them changes the world.
/// </content>
internal sealed partial class FaultField
{
    private readonly ActiveFault[] _pageDelays;
    private readonly ActiveFault[] _gaps;
    private readonly ActiveFault[] _explosions;

    /// <summary>Faults that act on the world.</summary>
    public int OnWorld { get; }

    /// <summary>Whether there is no page.</summary>
    public bool ExporterDown { get; }

    /// <summary>How far timestamps that are sent are ahead.</summary>
    public TimeSpan ClockOffset { get; }

    /// <summary>Gaps in force.</summary>
    public IReadOnlyList<ActiveFault> Gaps => _gaps;

    /// <summary>Explosions in force, in order of start.</summary>
    public IReadOnlyList<ActiveFault> Explosions => _explosions;

    /// <summary>How long after a scrape the page of a tick begins.</summary>
    /// <param name="tick">The tick.</param>
    /// <returns>At least zero.</returns>
    public TimeSpan PageDelay(long tick)
    {
        var milliseconds = 0.0;
        foreach (var fault in _pageDelays) milliseconds += fault.PageDelayMilliseconds(tick);
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>Whether a request brings a series of its own, if there is room.</summary>
    /// <param name="session">Key of the session.</param>
    /// <param name="request">Number of the request in its session.</param>
    public bool Explodes(ulong session, int request)
    {
        foreach (var fault in _explosions)
        {
            if (fault.Hits(session, request)) return true;
        }

        return false;
    }
}
