namespace MetricsSim.Hosting;

/// <content>What clients tell, for who pushes it.</content>
internal sealed partial class SimulationLoop
{
    private ClientEventFeed? _feed;

    /// <summary>Has events of clients handed over from the first tick of <see cref="RunAsync"/> on, which has not begun yet.</summary>
    /// <param name="feed">Takes them, on the loop's thread.</param>
    public void Listen(ClientEventFeed feed) => _feed = feed;

    // Ticks that a resumed run catches up with were told when they happened, or never.
    private void HandOutClientEvents()
    {
        if (_feed is { } feed) _world.ClientObserver = (_, events) => feed.Take(_world, _pacer!.Lag, _clock.Speed, events);
    }
}
