using System.Text.Json;
using System.Text.RegularExpressions;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Reports;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Reports;

/// <summary>The ground truth of the shipped scenarios, held against its schema by a reader of the keywords that the schema uses.</summary>
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
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", "ground-truth.schema.json")));
        Check(schema.RootElement, truth.RootElement, "$");
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

    private static void Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var allowed = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).ToArray() : [type.GetString()];
            Assert.True(allowed.Contains(value.ValueKind.ToString().ToLowerInvariant(), StringComparer.Ordinal), $"{at}: {value.ValueKind}");
        }

        if (schema.TryGetProperty("enum", out var values)) Assert.Contains(value.GetString(), values.EnumerateArray().Select(one => one.GetString()));
        if (schema.TryGetProperty("pattern", out var pattern)) Assert.Matches(new Regex(pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)), value.GetString()!);
        if (schema.TryGetProperty("minimum", out var minimum)) Assert.True(value.GetDouble() >= minimum.GetDouble(), at);
        if (schema.TryGetProperty("format", out _) && value.ValueKind == JsonValueKind.String) Assert.True(value.TryGetDateTimeOffset(out _), at);
        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray()) Check(items, item, $"{at}[]");
        }

        if (!schema.TryGetProperty("properties", out var properties)) return;
        Assert.Equal(schema.GetProperty("required").EnumerateArray().Select(one => one.GetString()), value.EnumerateObject().Select(property => property.Name));
        foreach (var property in value.EnumerateObject()) Check(properties.GetProperty(property.Name), property.Value, $"{at}.{property.Name}");
    }
}
