using MetricsSim.Push;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Push;

public sealed class PushLoopTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly LogLines _log = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push_that_breaks_is_told_and_the_next_is_made(bool cancelled)
    {
        var pushes = 0;
        using var loop = new PushLoop(Interval, _clock, _log, _ => Interlocked.Increment(ref pushes) == 2 ? Task.CompletedTask : throw Defect(cancelled));
        loop.Start();
        await _clock.UntilTimerAsync(Interval);
        await Poll.UntilAsync(() => Volatile.Read(ref pushes) == 1);
        _clock.Advance(Interval);
        await Poll.UntilAsync(() => Volatile.Read(ref pushes) == 2);
        await loop.EndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, pushes);
        Assert.Equal(2, _log.Taken().Count(line => line.Contains("defect", StringComparison.Ordinal)));
    }

    // A timeout of a library is a cancellation too, and no end.
    private static Exception Defect(bool cancelled) => cancelled ? new TaskCanceledException() : new InvalidOperationException("broken");
}
