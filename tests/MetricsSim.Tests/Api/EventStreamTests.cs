using System.Net;
using System.Text.Json;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task What_happens_is_told_in_order_with_both_times()
    {
        using EventReader events = await EventReader.FollowAsync(_daemon.Control);
        string sim = (await (await _daemon.Control.CurlAsync("/scenario", """{"scenario":"rush","compress":60}""")).JsonAsync()).GetProperty("simulation_id").GetString()!;
        await _daemon.Control.CurlAsync("/api/v1/load", """{"multiplier":2}""", "PUT");
        await _daemon.Control.CurlAsync("/api/v1/clock", """{"speed":5}""", "PUT");
        string fault = (await (await _daemon.Control.CurlAsync("/api/v1/faults", """{"type":"total_outage"}""")).JsonAsync()).GetProperty("fault_id").GetString()!;
        await _daemon.Control.DeleteAsync($"/api/v1/faults/{fault}");
        _clock.Advance(TimeSpan.FromSeconds(3));
        await _daemon.UntilAsync(status => status.Tick >= 12);
        await _daemon.Control.CurlAsync($"/api/v1/simulator/simulations/{sim}/stop", "");

        JsonElement started = await events.NextAsync("simulation_started");
        Assert.Equal(["simulated_time", "wall_time", "simulation_id", "scenario_id"], started.Names());
        Assert.Equal((sim, "rush"), (started.GetProperty("simulation_id").GetString(), started.GetProperty("scenario_id").GetString()));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), started.GetProperty("simulated_time").GetDateTimeOffset());
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), started.GetProperty("wall_time").GetDateTimeOffset());
        Assert.Equal("Doors open.", (await events.NextAsync("timeline_event")).GetProperty("timeline").GetProperty("description").GetString());
        Assert.Equal(2, (await events.NextAsync("load_changed")).GetProperty("load").GetDouble());
        JsonElement clock = await events.NextAsync("clock_changed");
        Assert.Equal(["simulated_time", "wall_time", "speed", "paused"], clock.Names());
        Assert.Equal((5.0, false), (clock.GetProperty("speed").GetDouble(), clock.GetProperty("paused").GetBoolean()));
        Assert.Equal(fault, (await events.NextAsync("fault_started")).GetProperty("fault").GetProperty("fault_id").GetString());
        Assert.Equal(fault, (await events.NextAsync("fault_ended")).GetProperty("fault").GetProperty("fault_id").GetString());
        JsonElement load = await events.NextAsync("timeline_event");
        Assert.Equal("""{"multiplier":3}""", load.GetProperty("timeline").GetProperty("parameters").GetRawText());
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 10, TimeSpan.Zero), load.GetProperty("simulated_time").GetDateTimeOffset());
        Assert.Equal(6, (await events.NextAsync("load_changed")).GetProperty("load").GetDouble());
        Assert.Equal(sim, (await events.NextAsync("simulation_stopped")).GetProperty("simulation_id").GetString());
        Assert.Equal(2, (await events.NextAsync("load_changed")).GetProperty("load").GetDouble());
    }

    [Fact]
    public async Task Silence_is_filled_with_heartbeats()
    {
        using EventReader events = await EventReader.FollowAsync(_daemon.Control);
        for (int i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(": heartbeat", await events.LineAsync());
        }
    }

    [Fact]
    public async Task A_stop_of_the_daemon_ends_the_stream_without_delay()
    {
        using EventReader events = await EventReader.FollowAsync(_daemon.Control);
        // The clock of the drain stands still: the daemon could wait for the stream forever.
        Assert.Equal(0, await _daemon.StopAsync());
        Assert.Null(await events.LineAsync());
    }

    [Fact]
    public async Task Who_leaves_is_forgotten()
    {
        using (await EventReader.FollowAsync(_daemon.Control)) Assert.Equal(1, _daemon.Handle.Loop.Events.Followers);
        await ForgottenAsync();
    }

    [Fact]
    public async Task Who_is_too_slow_is_cut_off_and_sees_it()
    {
        using EventReader slow = await EventReader.FollowAsync(_daemon.Control);
        var told = new WorldEvent(WorldEventKind.LoadChanged, _daemon.Handle.Loop.Status.SimulatedTime) { Load = 1 };
        while (_daemon.Handle.Loop.Events.Followers > 0) _daemon.Handle.Loop.Events.Publish(told);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await slow.LineAsync() is not null)
            {
                // What had been sent before.
            }
        });
    }

    [Fact]
    public void A_full_queue_drops_its_follower_and_no_other()
    {
        var hub = new EventHub(_clock);
        using EventSubscription slow = hub.Subscribe();
        using EventSubscription quick = hub.Subscribe();
        for (int i = 0; i < EventHub.QueueLength; i++)
        {
            hub.Publish(new ClockState(i + 1, false), DateTimeOffset.UnixEpoch);
            Assert.True(quick.Reader.TryRead(out _));
        }

        Assert.Equal(2, hub.Followers);
        hub.Publish(new ClockState(1, true), DateTimeOffset.UnixEpoch);
        Assert.Equal(1, hub.Followers);
        Assert.Equal(EventHub.QueueLength, slow.Reader.Count);
        Assert.True(quick.Reader.TryRead(out LiveEvent? last));
        Assert.True(last.Clock!.Paused);
    }

    private async Task ForgottenAsync()
    {
        using var late = new CancellationTokenSource(RunningDaemon.Patience);
        while (_daemon.Handle.Loop.Events.Followers > 0)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
