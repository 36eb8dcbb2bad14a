using MetricsSim.Configuration;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>The shipped scenarios say what design §6 and their ancestors' documents say.</summary>
public sealed class ShippedScenarioTests
{
    private static readonly IReadOnlyDictionary<string, Scenario> Catalogue = ConfigTestData.Good("").World.Scenarios;

    public static TheoryData<string> Ids => [.. Catalogue.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EachIsWellFilled(string id)
    {
        var scenario = Catalogue[id];
        Assert.Equal(id, scenario.Id);
        Assert.NotEqual(id, scenario.Name);
        Assert.NotEmpty(scenario.Description);
        Assert.NotEmpty(scenario.Tags);
        Assert.NotNull(scenario.Difficulty);
        Assert.NotNull(scenario.Severity);
        Assert.NotNull(scenario.Service);
        Assert.NotEmpty(scenario.Assertions);
        Assert.NotNull(scenario.Expected?.RootCause);
        Assert.IsType<StartEvent>(scenario.Timeline[0].Event);
        Assert.Equal(TimeSpan.Zero, scenario.Timeline[0].Time);
        Assert.All(scenario.Timeline, entry => Assert.NotEmpty(entry.Description));
    }

    [Theory]
    [InlineData("baseline", 14400, "0 start")]
    [InlineData("black_friday", 14400, "0 start", "600 load 3", "3600 load 10", "7200 ModelOutage 50 600", "7800 recovery", "10800 load 5")]
    [InlineData("gradual_rollout", 18000, "0 start 10", "3600 users 25", "7200 users 50", "10800 users 75", "14400 users 100")]
    [InlineData("disaster_recovery", 7200, "0 start", "1800 TotalOutage 100 300", "2100 recovery", "4200 CascadeFailure 60 600", "4800 recovery")]
    [InlineData("capacity_planning", 14400, "0 start", "3600 growth 1.5", "7200 growth 2", "10800 growth 3")]
    [InlineData("stress_test", 1800, "0 start", "300 load 5", "600 load 10", "900 load 20", "1200 load 50")]
    public void EachHasItsTimeline(string id, int duration, params string[] timeline)
    {
        Assert.Equal(TimeSpan.FromSeconds(duration), Catalogue[id].Duration);
        Assert.Equal(timeline, Catalogue[id].Timeline.Select(Text));
    }

    [Theory]
    [InlineData("black_friday", "error_rate < 0.05", "p99_latency < 5000")]
    [InlineData("stress_test", "breaking_point > 1000", "graceful_degradation = true")]
    public void TheseAssertionsAreGiven(string id, params string[] assertions) =>
        Assert.Subset(
            Catalogue[id].Assertions.Select(assertion => $"{assertion.Metric} {assertion.Condition}").ToHashSet(StringComparer.Ordinal),
            assertions.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void AllUseKnownIndicators() => Assert.All(
        Catalogue.Values.SelectMany(scenario => scenario.Assertions),
        assertion => Assert.Contains(assertion.Metric, MetricsSim.Configuration.Domain.ScenarioConverter.Indicators));

    [Theory]
    [MemberData(nameof(Ids))]
    public void NothingIsToBeSaidAboutAnEditedCopy(string id)
    {
        var (name, text) = BuiltIn.Scenarios.Single(file => file.FileName == $"{id}.yml");
        var read = ConfigLoader.Parse("", "c.yml", [], [($"scenarios/{name}", text + "# mine\n")]);
        Assert.Empty(read.Errors.Concat(read.Warnings));
    }

    private static string Text(TimelineEntry entry) => $"{entry.Time.TotalSeconds} " + entry.Event switch
    {
        StartEvent { UserPercentage: 100 } => "start",
        StartEvent start => $"start {start.UserPercentage}",
        IncreaseLoadEvent { Multiplier: { } multiplier } => $"load {multiplier}",
        IncreaseLoadEvent load => $"users {load.UserPercentage}",
        GrowthSimulationEvent growth => $"growth {growth.GrowthRate}",
        InjectFailureEvent failure => $"{failure.Fault.Type} {failure.Fault.AffectedPercentage} {failure.Duration?.TotalSeconds}",
        var other => other.Name,
    };
}
