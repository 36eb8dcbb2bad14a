using MetricsSim.Prometheus;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Prometheus;

/// <summary>Trying again, on a clock that is moved by hand.</summary>
public sealed class PatienceTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _told = [];

    /// <summary>Continuations run on the thread that moves the clock, so nothing is overtaken.</summary>
    public PatienceTests() => SynchronizationContext.SetSynchronizationContext(null);

    [Fact]
    public async Task It_tries_again_until_it_goes_well()
    {
        var attempts = 0;
        var result = TryAsync(TimeSpan.FromMinutes(1), () => ++attempts < 5 ? throw new IOException(attempts < 3 ? "away" : "starting") : attempts);
        while (!result.IsCompleted) _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(5, await result);
        Assert.Equal(["waiting up to 60 s: away", "waiting up to 60 s: starting", "going on"], _told);
        // 0.2 + 0.4 + 0.8 + 1.6 s.
        Assert.Equal(3000, (_clock.GetUtcNow() - new ManualTimeProvider().GetUtcNow()).TotalMilliseconds);
    }

    [Fact]
    public async Task It_gives_up_when_the_time_is_up_and_at_once_where_there_is_no_hope()
    {
        var result = TryAsync(TimeSpan.FromSeconds(10), () => throw new IOException("away"));
        while (!result.IsCompleted) _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("away; gave up after 10 s", (await Assert.ThrowsAsync<OutOfPatienceException>(() => result)).Message);
        Assert.Equal(10, (_clock.GetUtcNow() - new ManualTimeProvider().GetUtcNow()).TotalSeconds, 0.3);
        await Assert.ThrowsAsync<InvalidDataException>(() => TryAsync(TimeSpan.FromSeconds(10), () => throw new InvalidDataException("wrong")));
        await Assert.ThrowsAsync<OutOfPatienceException>(() => TryAsync(TimeSpan.Zero, () => throw new IOException("away")));
    }

    [Fact]
    public async Task An_interrupt_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var result = new Patience(TimeSpan.FromMinutes(1), _clock, _told.Add).TryAsync<int>(_ => throw new IOException("away"), _ => true, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
    }

    private Task<int> TryAsync(TimeSpan limit, Func<int> attempt) =>
        new Patience(limit, _clock, _told.Add).TryAsync(_ => Task.FromResult(attempt()), e => e is IOException, default);
}
