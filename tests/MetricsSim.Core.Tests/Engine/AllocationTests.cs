using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>A tick allocates nothing per user, per session and per request: only tables that reach a new high grow.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(5000)]
    public void Ticks_allocate_nothing_but_for_tables_that_grow(int users)
    {
        var world = new World(TestWorlds.Flat(users));
        world.Step(1800);
        // Some windows see a table grow; a cost per tick, session or request would show in every one of them.
        var windows = new List<long>();
        var sessions = world.Started();
        for (var window = 0; window < 5; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            world.Step(120);
            windows.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(world.Started() > sessions + (users / 4), "sessions must start for the test to mean anything");
        Assert.True(windows.Count(bytes => bytes == 0) >= 2, $"bytes per 120 ticks: {string.Join(' ', windows)}");
        // A table holds at most a few times its block's sessions or operations of about 100 bytes.
        Assert.InRange(windows.Sum(), 0, 1_000_000);
    }

    [Fact]
    public void Quiet_ticks_of_a_running_scenario_allocate_nothing()
    {
        var outage = new InjectFailureEvent(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 1 }, null);
        var options = TestWorlds.Options(500).With(TestWorlds.Scenario("s", 1_000_000,
            (0, new BurstLoadEvent(1.01, TimeSpan.FromDays(1))),
            (1, outage),
            (900_000, new RecoveryEvent())));
        var world = new World(options with
        {
            Activity = new() { Seasonal = new() { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }, Burst = new() { Enabled = true } },
            Telemetry = new() { Labels = new() { UserId = false } },
        });
        world.Apply(new StartSimulation("s"));
        world.Apply(new StartSimulation("s"));
        world.Step(1800);
        var quiet = 0;
        for (var tick = 0; tick < 300; tick++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            world.Step();
            if (GC.GetAllocatedBytesForCurrentThread() == before) quiet++;
        }

        // The rest are ticks in which a table grew.
        Assert.InRange(quiet, 295, 300);
    }

    [Fact]
    public void Faults_and_overload_allocate_nothing_either()
    {
        var faults = new[] { FaultType.CascadeFailure, FaultType.NetworkLatency, FaultType.RateLimiting, FaultType.AuthenticationFailures }
            .Select(type => (0.0, (ScenarioEvent)new InjectFailureEvent(
                new FaultSpec { Type = type, AffectedPercentage = 20, MinDelayMilliseconds = 1, MaxDelayMilliseconds = 100 }, null)));
        var options = TestWorlds.Flat(2000) with { Backend = new() { Capacity = 100 } };
        var world = new World(options.With(TestWorlds.Scenario("s", 100_000, [.. faults])));
        world.Apply(new StartSimulation("s"));
        world.Step(3600);
        var windows = new List<long>();
        for (var window = 0; window < 5; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            world.Step(120);
            windows.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(4, world.Status().ActiveFaults);
        Assert.True(windows.Count(bytes => bytes == 0) >= 2, $"bytes per 120 ticks: {string.Join(' ', windows)}");
    }

    [Fact]
    public void Copying_a_snapshot_allocates_little_and_nothing_per_series()
    {
        var small = Copy(100);
        var large = Copy(2000);
        Assert.InRange(large, 0, small + 2000);
    }

    private static long Copy(int users)
    {
        var world = new World(TestWorlds.Flat(users)).StepSeconds(60);
        var snapshot = new Core.Series.Snapshot(world.Layout);
        world.CopyTo(snapshot);
        var before = GC.GetAllocatedBytesForCurrentThread();
        world.CopyTo(snapshot);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
