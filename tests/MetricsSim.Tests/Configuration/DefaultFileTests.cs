using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Configuration.Yaml;
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

    [Fact]
    public void HasEveryKey()
    {
        var report = new Report("c.yml");
        var root = (SourceMap)YamlComposer.Compose(ConfigTestData.DefaultText, "c.yml", report)!;
        Assert.Equal([], Missing(new RecordKind(typeof(ConfigDocument)), root, ""));

        static IEnumerable<string> Missing(RecordKind section, SourceMap map, string path)
        {
            foreach (var key in section.Keys)
            {
                var entry = map.Entries.FirstOrDefault(candidate => candidate.Key == key.Name);
                if (entry.Value is null) yield return Report.Join(path, key.Name);
                var inner = (key.Kind, entry.Value) switch
                {
                    (RecordKind record, SourceMap child) => Missing(record, child, Report.Join(path, key.Name)),
                    (MapKind { Value: RecordKind record }, SourceMap children) =>
                        children.Entries.SelectMany(child => Missing(record, (SourceMap)child.Value, Report.Join(Report.Join(path, key.Name), child.Key))),
                    _ => [],
                };
                foreach (var missing in inner) yield return missing;
            }
        }
    }

    [Fact]
    public void FirstLineNamesTheSchema() =>
        Assert.StartsWith("# yaml-language-server: $schema=./simulator-config.schema.json\n", ConfigTestData.DefaultText, StringComparison.Ordinal);
}
