using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting;

public sealed class TickPacerTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_change_of_speed_keeps_the_part_of_the_tick_that_has_passed()
    {
        TickPacer pacer = NewPacer();
        _clock.Advance(TimeSpan.FromMilliseconds(600));
        pacer.Change(4, paused: false, _clock.GetTimestamp());
        Assert.Equal(TimeSpan.FromMilliseconds(100), pacer.UntilNext);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        pacer.Change(0.5, paused: false, _clock.GetTimestamp());
        Assert.Equal(TimeSpan.FromMilliseconds(400), pacer.UntilNext);
    }

    [Fact]
    public void A_pause_costs_no_tick_and_adds_none()
    {
        TickPacer pacer = NewPacer();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        pacer.Change(1, paused: true, _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((false, TimeSpan.Zero, Timeout.InfiniteTimeSpan), (pacer.IsDue, pacer.Lag, pacer.UntilNext));
        pacer.Change(2, paused: true, _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromHours(1));
        pacer.Change(2, paused: false, _clock.GetTimestamp());
        Assert.Equal(TimeSpan.FromMilliseconds(250), pacer.UntilNext);
    }

    [Fact]
    public void A_change_may_count_from_a_moment_ago()
    {
        TickPacer pacer = NewPacer();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        long then = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        pacer.Change(1, paused: true, then);
        Assert.Equal(0.25, pacer.PositionAt(_clock.GetTimestamp()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_goes_on_from_a_position_with_ticks_that_are_late(bool paused)
    {
        var pacer = new TickPacer(_clock, TimeSpan.FromSeconds(1), 2, paused, done: 10, position: 12.5);
        Assert.Equal((!paused, 12.5), (pacer.IsDue, pacer.PositionAt(_clock.GetTimestamp())));
        pacer.Advance();
        pacer.Advance();
        Assert.Equal((12L, false), (pacer.Done, pacer.IsDue));
        Assert.Equal(paused ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(250), pacer.UntilNext);
    }

    [Fact]
    public void Late_ticks_stay_due_through_a_change()
    {
        TickPacer pacer = NewPacer();
        _clock.Advance(TimeSpan.FromSeconds(5));
        pacer.Change(10, paused: false, _clock.GetTimestamp());
        for (int i = 0; i < 5; i++)
        {
            Assert.True(pacer.IsDue);
            pacer.Advance();
        }

        Assert.False(pacer.IsDue);
        Assert.Equal(TimeSpan.FromMilliseconds(100), pacer.UntilNext);
    }

    [Fact]
    public void The_slowest_speeds_wait_no_longer_than_a_timer_can()
    {
        var pacer = new TickPacer(_clock, TimeSpan.FromHours(1), 1e-9);
        Assert.Equal(TimeSpan.FromDays(1), pacer.UntilNext);
        Assert.False(pacer.IsDue);
    }

    private TickPacer NewPacer() => new(_clock, TimeSpan.FromSeconds(1), 1);
}
