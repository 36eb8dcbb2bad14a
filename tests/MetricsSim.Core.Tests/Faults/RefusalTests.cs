using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>Users that are kept out: no session begins, each try is an error, and all of them are back in the end.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(0.01)]
    public void Who_is_refused_comes_back_after_the_fault_and_only_then_counts(double retryAfterSeconds)
    {
        var spec = new FaultSpec { Type = FaultType.AuthenticationFailures, RetryAfter = TimeSpan.FromSeconds(retryAfterSeconds) };
        var options = TestWorlds.Homogeneous(500).WithoutRequests()
            .With(TestWorlds.Scenario("s", 7200, (100, new InjectFailureEvent(spec, TimeSpan.FromSeconds(300)))));
        var (plain, faulty) = (new World(options), new World(options));
        faulty.Apply(new StartSimulation("s"));
        plain.StepSeconds(100);
        faulty.StepSeconds(100);
        var before = faulty.Started();
        Assert.Equal(plain.Started(), before);
        plain.StepSeconds(300);
        faulty.StepSeconds(300);
        var kept = plain.Started() - before;
        Assert.True(kept > 50, "users must be kept out for the test to mean anything");
        Assert.Equal(before, faulty.Started());
        var errors = SnapshotView.Of(faulty).Sum("otel_claude_code_error", ("error_type", "auth"), ("tool_name", ""));
        // At a minute's pause each is refused once to five times; with a tiny one once a tick, which is once a second.
        if (retryAfterSeconds >= 60) Assert.InRange(errors, kept, 5 * kept);
        else Assert.InRange(errors / (double)kept, 120, 180);
        Assert.Equal(errors, faulty.Status().TotalErrors);
        var (end, pause) = (400_000_000L, (long)(Math.Max(1, retryAfterSeconds) * 1e6));
        plain.StepSeconds(pause / 1e6);
        faulty.StepSeconds(pause / 1e6);
        Assert.Equal(plain.Started(), faulty.Started());
        // They begin when they come back, not when they first tried.
        var late = faulty.Sessions().Where(session => session.StartedAt > 100_000_000 && session.StartedAt < end);
        Assert.Empty(late);
        Assert.Equal(errors, SnapshotView.Of(faulty.StepSeconds(600)).Sum("otel_claude_code_error", ("error_type", "auth"), ("tool_name", "")));
    }

    [Fact]
    public void Who_is_no_longer_enabled_does_not_come_back()
    {
        var options = TestWorlds.Homogeneous(500).WithoutRequests().With(TestWorlds.Scenario(
            "s",
            7200,
            (0, new InjectFailureEvent(new FaultSpec { Type = FaultType.AuthenticationFailures }, TimeSpan.FromSeconds(300))),
            (250, new IncreaseLoadEvent(null, 0))));
        var world = new World(options);
        world.Apply(new StartSimulation("s"));
        var before = world.StepSeconds(250).Started();
        Assert.True(world.Status().TotalErrors > 50, "users must be kept out for the test to mean anything");
        Assert.Equal(before, world.StepSeconds(1000).Started());
    }
}
