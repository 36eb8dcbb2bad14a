using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>Good and bad files, with every message of each.</summary>
public sealed class FileTableTests
{
    private static readonly CaseFile Bad = new("bad-files.txt");
    private static readonly CaseFile Good = new("good-files.txt");

    public static TheoryData<string> BadNames => [.. Bad.Names];

    public static TheoryData<string> GoodNames => [.. Good.Names];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void BadFileGivesTheseErrors(string name)
    {
        var result = ConfigTestData.Parse(Bad.Input(name));
        Assert.Null(result.Config);
        Check(Bad, name, "errors", result.Errors.Select(error => error.ToString()));
        Assert.NotEmpty(result.Errors);
    }

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void GoodFileGivesTheseValues(string name)
    {
        var result = ConfigLoader.Parse(Good.Input(name), "c.yml", [], [], new FixedTime());
        Assert.Equal([], result.Errors.Select(error => error.ToString()));
        Check(Good, name, "warnings", result.Warnings.Select(warning => warning.ToString()));
        var json = EffectiveConfig.ToJson(result.Config!);
        var keys = Good.Part(name, "effective").Select(line => line.Split(' ')[0]).ToList();
        Assert.NotEmpty(keys);
        Check(Good, name, "effective", keys.Select(key => $"{key} {Text(At(json, key))}"));
    }

    [Fact]
    public void ThereAreEnoughBadFiles() => Assert.True(Bad.Names.Count() >= 60);

    private static JsonNode? At(JsonNode json, string key) => key.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.')
        .Aggregate((JsonNode?)json, (node, part) => node is JsonArray list ? list[int.Parse(part)] : node![part]);

    private static string Text(JsonNode? node) =>
        node?.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";

    private static void Check(CaseFile file, string name, string part, IEnumerable<string> actual)
    {
        if (!CaseFile.Approving)
        {
            Assert.Equal(file.Part(name, part), actual);
            return;
        }

        lock (file)
        {
            file.SetPart(name, part, actual);
            file.Save();
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 6, 7, 8, 9, 250, TimeSpan.Zero);
    }
}
