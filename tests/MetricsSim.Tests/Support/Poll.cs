namespace MetricsSim.Tests.Support;

/// <summary>Waits for what no event tells of, such as a count of a process's own metrics.</summary>
internal static class Poll
{
    /// <summary>Asks again and again, and fails when patience ends.</summary>
    /// <param name="wanted">Whether it has happened.</param>
    public static async Task UntilAsync(Func<bool> wanted)
    {
        using var patience = new CancellationTokenSource(RunningDaemon.Patience);
        while (!wanted())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
