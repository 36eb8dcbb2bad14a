using System.Text.Json;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Reports;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Reports;

/// <summary>The ground truth of the shipped scenarios.</summary>
public sealed class TruthJsonTests
{
    [Theory]
    [InlineData("baseline")]
    [InlineData("black_friday", "model_outage 12:00 12:10")]
    [InlineData("disaster_recovery", "total_outage 10:30 10:35", "cascade_failure 11:10 11:20")]
    [InlineData("stress_test", "overload 10:2* 10:30")]
    public void It_is_as_the_schema_says(string id, params string[] expected)
    {
        var run = JudgedRun.Of(ScenarioPlayer.Play(ConfigTestData.Good("").World, new StartSimulation(id)));
        using var truth = JsonDocument.Parse(TruthJson.Of(run.Truth).ToJsonString());
        TruthSchema.Check(truth.RootElement);
        var told = truth.RootElement.EnumerateArray()
            .Select(one => $"{one.GetProperty("kind")} {one.GetProperty("start").GetDateTime():HH:mm} {one.GetProperty("end").GetDateTime():HH:mm}").ToList();
        Assert.Equal(expected.Length, told.Count);
        Assert.All(expected.Zip(told), pair => Assert.Matches($"^{pair.First.Replace("*", ".", StringComparison.Ordinal)}$", pair.Second));
        Assert.All(truth.RootElement.EnumerateArray(), one =>
        {
            Assert.NotEqual(0, one.GetProperty("affected").GetArrayLength());
            Assert.NotEqual(0, one.GetProperty("expected_alerts").GetArrayLength());
        });
    }
}
