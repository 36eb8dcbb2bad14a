using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>The shipped file is the built-in defaults, written out.</summary>
public sealed class DefaultFileTests
{
    private static readonly string[] Shipped =
        ["baseline", "black_friday", "capacity_planning", "disaster_recovery", "gradual_rollout", "stress_test"];

    [Theory]
    [InlineData("the file")]
    [InlineData("an empty file")]
    public void GivesTheDefaultsAndNoWarnings(string which)
    {
        var result = ConfigTestData.Parse(which == "the file" ? ConfigTestData.DefaultText : "");
        Assert.Equal([], result.Errors.Concat(result.Warnings).Select(finding => finding.ToString()));
        var config = result.Config!;
        var defaults = new SimulatorConfig();
        Assert.Equivalent(defaults.World with { Scenarios = config.World.Scenarios }, config.World, strict: true);
        Assert.Equal(defaults.Speed, config.Speed);
        Assert.Equal(defaults.Server, config.Server);
        Assert.Equivalent(defaults.Logging, config.Logging, strict: true);
        Assert.True(new RecordKind(typeof(ConfigDocument)).Same(new ConfigDocument(), config.Document));
        Assert.Equal(Shipped, config.World.Scenarios.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void IsTheBuiltInOne() => Assert.Equal(ConfigTestData.DefaultText, BuiltIn.Config);
}
