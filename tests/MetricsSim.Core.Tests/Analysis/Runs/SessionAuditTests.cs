using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Runs;

/// <summary>Series that go with their session are no loss; a cell of one that is still there may not fall.</summary>
public sealed class SessionAuditTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(FaultType.CounterReset, true)]
    [InlineData(FaultType.SeriesGap, false)]
    [InlineData(FaultType.AuthenticationFailures, false)]
    public void Sessions_that_vanish_lose_nothing_and_a_reset_does(FaultType? type, bool lost)
    {
        var timeline = type is { } fault ? new[] { HandMade.Fault(330, 200, fault) } : [];
        var options = TestWorlds.Flat(50).BySession(30).With(TestWorlds.Scenario("s", 1800, timeline));
        var losses = ScenarioPlayer.Play(options, new StartSimulation("s")).Series.Losses;
        Assert.Equal(0, losses[359]);
        Assert.Equal(lost, losses[360] > 1000);
        Assert.Equal(losses[360], losses[^1]);
    }

    [Fact]
    public void A_cell_that_falls_and_a_row_that_goes_too_early_are_losses()
    {
        var world = new World(TestWorlds.Flat(20).BySession()).StepSeconds(1200);
        var (reading, page, audit) = (new WorldReading(), new Snapshot(world.Layout), new CounterAudit(world.Layout, whole: true));
        Assert.Equal(0, Look());
        world.StepSeconds(60);
        Assert.Equal(0, Look());
        var tokens = world.Layout.Families.ToList().FindIndex(family => family.Name.Contains("token_usage", StringComparison.Ordinal));
        var cell = Array.FindIndex(page.Columns[tokens], value => value > 100);
        var kept = page.Columns[tokens][cell];
        page.Columns[tokens][cell] = 0;
        Assert.Equal(1 + kept, audit.Look(page, reading));

        long Look()
        {
            world.Read(reading);
            world.CopyTo(page);
            return audit.Look(page, reading);
        }
    }
}
