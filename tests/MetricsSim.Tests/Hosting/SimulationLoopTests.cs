using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting;

public sealed class SimulationLoopTests
{
    private static CancellationToken Never => CancellationToken.None;

    [Theory]
    [InlineData(1, 999, 0)]
    [InlineData(1, 1000, 1)]
    [InlineData(1, 5999, 5)]
    [InlineData(4, 249, 0)]
    [InlineData(4, 250, 1)]
    [InlineData(0.5, 1999, 0)]
    [InlineData(0.5, 2000, 1)]
    [InlineData(3, 1000, 3)]
    public async Task Ticks_run_when_they_are_due(double speed, int milliseconds, long ticks)
    {
        await using TestLoop test = await new TestLoop(TestScenarios.Config(speed: speed)).StartAsync();

        test.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        if (ticks > 0) await test.Loop.UntilAsync(status => status.Tick >= ticks);

        Assert.Equal(ticks, await test.SettledTickAsync());
    }

    [Fact]
    public async Task Many_small_advances_do_not_drift()
    {
        await using TestLoop test = await new TestLoop(TestScenarios.Config(speed: 3)).StartAsync();

        for (int i = 0; i < 1000; i++) test.Clock.Advance(TimeSpan.FromMilliseconds(7));

        await test.Loop.UntilAsync(status => status.Tick >= 21);
        Assert.Equal(21, await test.SettledTickAsync());
    }

    [Fact]
    public async Task Late_ticks_are_all_run_and_their_lag_is_told()
    {
        await using TestLoop test = await new TestLoop().StartAsync();

        test.Clock.Advance(TimeSpan.FromSeconds(120));

        WorldStatus status = await test.Loop.UntilAsync(status => status.Tick >= 120);
        Assert.Equal(120, status.Tick);
        Assert.Equal(120, await test.SettledTickAsync());
        Assert.Equal(120, test.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(RuntimeFamilies.Ticks)][0]);
        Assert.Equal(TimeSpan.Zero, test.Metrics.TickLag);
    }

    [Fact]
    public async Task A_snapshot_does_not_wait_behind_a_catch_up_and_neither_does_a_stop()
    {
        const int Behind = 20_000_000;
        await using TestLoop test = await new TestLoop().StartAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(Behind));

        using (SnapshotLease lease = await test.Loop.AcquireSnapshotAsync(Never)) Assert.InRange(lease.Snapshot.Tick, 0, Behind - 1);
        CommandOutcome outcome = await test.Loop.SendAsync(new StartSimulation("calm"));
        await test.StopAsync();

        Assert.True(outcome.Applied);
        Assert.InRange(test.World.Tick, 1, Behind - 1);
        Assert.True(test.Metrics.TickLag > TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Readers_at_one_tick_share_a_copy_and_it_stays_as_it_is()
    {
        await using TestLoop test = await new TestLoop().StartAsync();

        using SnapshotLease first = await test.Loop.AcquireSnapshotAsync(Never);
        using SnapshotLease second = await test.Loop.AcquireSnapshotAsync(Never);
        Assert.Same(first.Snapshot, second.Snapshot);

        long[] before = [.. first.Snapshot.Columns.SelectMany(column => column)];
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        await test.Loop.UntilAsync(status => status.Tick >= 60);
        using SnapshotLease third = await test.Loop.AcquireSnapshotAsync(Never);

        Assert.NotSame(first.Snapshot, third.Snapshot);
        Assert.Equal(0, first.Snapshot.Tick);
        Assert.Equal(before, first.Snapshot.Columns.SelectMany(column => column));
        Assert.Equal(60, third.Snapshot.Tick);
    }

    [Fact]
    public async Task A_command_is_seen_by_the_next_snapshot_of_the_same_tick()
    {
        await using TestLoop test = await new TestLoop().StartAsync();
        using SnapshotLease before = await test.Loop.AcquireSnapshotAsync(Never);

        CommandOutcome outcome = await test.Loop.SendAsync(new StartSimulation("rush"));
        using SnapshotLease after = await test.Loop.AcquireSnapshotAsync(Never);

        Assert.True(outcome.Applied);
        Assert.Equal("rush", test.Loop.Status.CurrentScenario);
        Assert.NotSame(before.Snapshot, after.Snapshot);
        Assert.Equal(before.Snapshot.Tick, after.Snapshot.Tick);
    }

    [Fact]
    public async Task Slow_readers_hold_a_bounded_number_of_copies_and_the_next_waits_for_one()
    {
        await using TestLoop test = await new TestLoop().StartAsync();
        var leases = new List<SnapshotLease>();
        for (int i = 0; i < SimulationLoop.SnapshotLimit; i++)
        {
            leases.Add(await test.Loop.AcquireSnapshotAsync(Never));
            test.Clock.Advance(TimeSpan.FromSeconds(1));
            await test.Loop.UntilAsync(status => status.Tick > i);
        }

        ValueTask<SnapshotLease> late = test.Loop.AcquireSnapshotAsync(Never);
        using var impatience = new CancellationTokenSource();
        ValueTask<SnapshotLease> impatient = test.Loop.AcquireSnapshotAsync(impatience.Token);

        // A command that was sent later is answered, so the loop has looked at both and left them waiting.
        await test.Loop.SendAsync(new StartSimulation("calm"));
        Assert.False(late.IsCompleted);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await impatient);

        leases[0].Dispose();
        using SnapshotLease served = await late;
        Assert.Equal(SimulationLoop.SnapshotLimit, served.Snapshot.Tick);
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public async Task No_command_is_lost()
    {
        await using TestLoop test = await new TestLoop().StartAsync();

        Task<CommandOutcome>[] sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(() =>
        {
            var outcomes = new List<Task<CommandOutcome>>();
            for (int i = 0; i < 25; i++)
            {
                outcomes.Add(test.Loop.SendAsync(new StartSimulation("calm")));
                test.Clock.Advance(TimeSpan.FromMilliseconds(100 + sender));
            }

            return outcomes;
        }))).ContinueWith(all => all.Result.SelectMany(outcomes => outcomes).ToArray(), TaskScheduler.Default);
        CommandOutcome[] outcomes = await Task.WhenAll(sent);

        Assert.All(outcomes, outcome => Assert.True(outcome.Applied));
        Assert.Equal(200, outcomes.Select(outcome => outcome.Simulation!.SimulationId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(200, test.Loop.Status.Simulations.Count);
    }

    [Fact]
    public async Task What_was_asked_before_the_stop_is_served_and_what_comes_after_is_refused()
    {
        await using var test = new TestLoop();
        Task<CommandOutcome> early = test.Loop.SendAsync(new StartSimulation("calm"));
        Task<SnapshotLease> read = test.Loop.AcquireSnapshotAsync(Never).AsTask();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await test.Loop.RunAsync(stopped.Token);

        Assert.True((await early).Applied);
        (await read).Dispose();
        Assert.True(test.Loop.IsStopped);
        Assert.False(test.Loop.IsReady);
        await Assert.ThrowsAsync<SimulationStoppedException>(() => test.Loop.SendAsync(new StartSimulation("calm")));
        await Assert.ThrowsAsync<SimulationStoppedException>(async () => await test.Loop.AcquireSnapshotAsync(Never));
    }

    [Fact]
    public async Task A_world_that_fails_ends_the_loop_and_everyone_hears_of_it()
    {
        await using TestLoop test = await new TestLoop().StartAsync();

        SimulationStoppedException answer =
            await Assert.ThrowsAsync<SimulationStoppedException>(() => test.Loop.SendAsync(new UnknownCommand()));

        Assert.IsType<ArgumentOutOfRangeException>(answer.InnerException);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Run.WaitAsync(RunningDaemon.Patience));
        Assert.True(test.Loop.IsStopped);
    }

    private sealed record UnknownCommand : WorldCommand;
}
