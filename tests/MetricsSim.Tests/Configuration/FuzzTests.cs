using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>No input crashes the reader or keeps it busy, and every input gives either a configuration or errors.</summary>
public sealed class FuzzTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20260105, 297).WithMaxTest(300);

    private static readonly string[] Splices =
    [
        "", " ", "\n", "\t", "[", "]", "{", "}", ":", "- ", "? ", "&a ", "*a", "<<: *a\n", "!x ", "!!str ", "|\n", ">-\n", "\"", "'", "#", "%YAML 1.2\n---\n", "---\n",
        "...\n", "null", "~", "true", "yes", "NaN", ".nan", "-.inf", "1e309", "-1e308", "1e-400", "0x", "0xFFFFFFFFFFFFFFFFF", "99999999999999999999999999", "-0",
        "1h99999999d", "9".PadLeft(70, '9'), "\u0000", "\u0085", "\u2028", "\ud800", "😀", "users:\n", "scenarios:\n  x:\n", "timeline:\n", "event: inject_failure\n",
    ];

    // The default file, with a copy of black_friday in it, and groups of all kinds.
    private static readonly string Original = ConfigTestData.DefaultText.Replace("series_groups: {}\n", Groups(), StringComparison.Ordinal).Replace(
        "scenarios: {}",
        "scenarios:\n  black_friday:\n    " + BuiltIn.Scenarios.Single(file => file.FileName == "black_friday.yml").Text.Replace("\n", "\n    ", StringComparison.Ordinal),
        StringComparison.Ordinal);

    [Fact]
    public void OriginalIsGood() => Assert.Equal("Black Friday", ConfigTestData.Good(Original).World.Scenarios["black_friday"].Name);

    [Fact]
    public void ValuesOfTheDefaultFileReplaced()
    {
        string[] values =
        [
            .. Splices.Where(splice => !splice.Contains('\n', StringComparison.Ordinal)), "0", "1", "0.5", "-1", "60", "60s", "text", "\"quoted\"", "[]", "{}", "[1, 2]", "[2, 1]",
            "{ a: 1 }", "{ type: console }", "{ time: 0, event: start }", "true", "2026-03-29T02:30:00", "Europe/Berlin", "http://x", "0.0.0.0", "*",
        ];
        var lines = Original.Split('\n');
        var change = from line in Gen.Choose(0, lines.Length - 1) from value in Gen.Elements(values) select (line, value);
        var texts = from count in Gen.Choose(1, 5)
                    from changes in Gen.ListOf(change, count)
                    select string.Join('\n', lines.Select((line, i) => changes.FirstOrDefault(candidate => candidate.line == i) is { value: { } value }
                        && line.Contains(": ", StringComparison.Ordinal) ? line[..(line.IndexOf(": ", StringComparison.Ordinal) + 2)] + value : line));
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void MutatedDefaultFile()
    {
        var mutation = from at in Gen.Choose(0, int.MaxValue)
                       from length in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(1, 8)), (1, Gen.Choose(1, 2000)))
                       from splice in Gen.Elements(Splices)
                       select (at, length, splice);
        var texts = from count in Gen.Choose(1, 6)
                    from mutations in Gen.ListOf(mutation, count)
                    select mutations.Aggregate(Original, (text, change) =>
                    {
                        var at = change.at % (text.Length + 1);
                        return text.Remove(at, Math.Min(change.length, text.Length - at)).Insert(at, change.splice);
                    });
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void LinesOfTheDefaultFileShuffledAndDoubled()
    {
        var lines = ConfigTestData.DefaultText.Split('\n');
        var texts = from picks in Gen.ListOf(Gen.Elements(lines), 40) select string.Join('\n', picks);
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void SyntaxAlone()
    {
        var texts = from parts in Gen.ListOf(Gen.Elements(Splices), 25) select string.Concat(parts);
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void RandomCharacters()
    {
        var texts = from characters in Gen.ListOf(Gen.Frequency((8, Gen.Choose(32, 126)), (1, Gen.Choose(0, 65535))), 200)
                    select string.Concat(characters.Select(c => (char)c));
        Check.One(Fixed, Prop.ForAll(texts.ToArbitrary(), IsAnswered));
    }

    [Fact]
    public void RandomBytesInAFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"metricssim-fuzz-{Environment.ProcessId}.yml");
        var files = from bytes in Gen.ListOf(Gen.Choose(0, 255), 300) select bytes.Select(value => (byte)value).ToArray();
        try
        {
            Check.One(Fixed.WithMaxTest(50), Prop.ForAll(files.ToArbitrary(), bytes =>
            {
                File.WriteAllBytes(path, bytes);
                return IsAnswered(ConfigLoader.Load(path, []));
            }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void RandomOverrides()
    {
        string[] keys = ["users.total", "users", "", ".", "users..total", "logging.handlers", "simulation.start", "server.host", "a.b.c.d", "scenarios.x.duration"];
        var overrides = from key in Gen.Elements(keys) from text in Gen.Elements(Splices) select new ConfigOverride(key, text, "--flag");
        Check.One(Fixed, Prop.ForAll(overrides.ToArbitrary(), value => IsAnswered(ConfigTestData.Parse("users: { total: 5 }", value))));
    }

    public static TheoryData<string, string> Monsters => new()
    {
        { "100 000 opening brackets", new string('[', 100_000) },
        { "100 000 opening braces", new string('{', 100_000) },
        { "100 000 nested one-key maps", string.Concat(Enumerable.Repeat("{a: ", 100_000)) },
        { "100 000 dashes", string.Concat(Enumerable.Repeat("- ", 100_000)) },
        { "100 000 question marks", string.Concat(Enumerable.Repeat("? ", 100_000)) },
        { "deep indentation", Indented(2000) },
        { "plain scalar of 10 MB", "users: " + new string('a', 10_000_000) },
        { "quoted scalar of 10 MB", "users: \"" + new string('a', 10_000_000) + "\"" },
        { "unclosed quote of 10 MB", "users: \"" + new string('a', 10_000_000) },
        { "block scalar of 10 MB", "users: |\n" + string.Concat(Enumerable.Repeat("  aaaaaaaaaaaaaaaa\n", 550_000)) },
        { "key of 10 MB", new string('k', 10_000_000) + ": 1" },
        { "quoted key of 1 MB", "\"" + new string('k', 1_000_000) + "\": 1" },
        { "comment of 10 MB", "#" + new string('c', 10_000_000) },
        { "10 MB of empty lines", new string('\n', 10_000_000) },
        { "10 MB of spaces", "users:" + new string(' ', 10_000_000) },
        { "300 000 keys", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"k{i}: 1\n")) },
        { "90 000 unknown keys", string.Concat(Enumerable.Range(0, 90_000).Select(i => $"k{i}: 1\n")) },
        { "90 000 duplicate keys", string.Concat(Enumerable.Repeat("users: 1\n", 90_000)) },
        { "300 000 items", "users: [" + string.Concat(Enumerable.Repeat("1,", 300_000)) + "]" },
        { "30 000 segments", "users:\n  distribution:\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"    s{i}: {{ percentage: 0.1 }}\n")) },
        { "15 000 events", "scenarios:\n  s:\n    duration: 1h\n    timeline:\n" + string.Concat(Enumerable.Repeat("    - { time: 5h, event: start }\n", 15_000)) },
        { "alias bomb of lists", Bomb("[", "]", "") },
        { "alias bomb of maps", Bomb("{", "}", "k{0}: ") },
        { "merge bomb", "a0: &a0 { x: 1 }\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i}: &a{i} {{ <<: [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}], k{i}: 1 }}\n")) },
        { "100 000 anchors", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"- &a{i} x\n")) },
        { "number of a million digits", "users: { total: " + new string('9', 1_000_000) + " }" },
        { "number of 60 000 digits", "users: { total: " + new string('9', 60_000) + " }" },
        { "duration of 20 000 parts", "backend: { timeout: " + string.Concat(Enumerable.Repeat("1m", 20_000)) + " }" },
        { "key of many dots", new string('.', 200) + ": 1" },
        { "many directives", string.Concat(Enumerable.Repeat("%TAG ! x\n", 10_000)) },
        { "NUL", "\0" },
        { "lone surrogate", "users: \ud800" },
        { "carriage returns only", "users:\r  total: 5\r" },
        { "not a number", "users: { total: .nan }\nsimulation: { speed: 1e309 }" },
    };

    [Theory]
    [MemberData(nameof(Monsters), DisableDiscoveryEnumeration = true)]
    public async Task MonsterIsAnswered(string name, string text)
    {
        // Typically well under 1 s each: patience only tells a hang from a slow machine.
        Assert.True(await Task.Run(() => IsAnswered(text)).WaitAsync(RunningDaemon.Patience, TestContext.Current.CancellationToken), name);
    }

    [Fact]
    public void MonstersAreNamed()
    {
        Assert.Equal("more than 200000 values, aliases written out", OnlyError(Bomb("[", "]", "")));
        Assert.Equal("nested deeper than 64 levels", OnlyError(new string('[', 1000)));
        Assert.Equal("text of 70000 characters; at most 65536 are allowed", OnlyError($"users: {new string('x', 70_000)}"));
        Assert.Equal("a key of 300 characters; at most 256 are allowed", OnlyError($"{new string('x', 300)}: 1"));

        static string OnlyError(string text) => Assert.Single(ConfigTestData.Parse(text).Errors).Message;
    }

    private static bool IsAnswered(string text) => IsAnswered(ConfigTestData.Parse(text));

    private static bool IsAnswered(ConfigResult result)
    {
        if (result.Config is not null) EffectiveConfig.ToJson(result.Config).ToJsonString();
        return (result.Config is null) == (result.Errors.Count > 0)
            && result.Errors.Concat(result.Warnings).All(finding => finding.ToString() is { Length: < 2000 } line && !line.Any(char.IsControl));
    }

    private static string Bomb(string open, string close, string key)
    {
        var builder = new StringBuilder($"- &a0 {open}{string.Format(CultureInfo.InvariantCulture, key, 0)}x{close}\n");
        for (var level = 1; level < 40; level++)
        {
            var items = Enumerable.Range(0, 9).Select(i => $"{string.Format(CultureInfo.InvariantCulture, key, i)}*a{level - 1}");
            builder.Append($"- &a{level} {open}{string.Join(", ", items)}{close}\n");
        }

        return builder.ToString();
    }

    private static string Indented(int depth) => string.Concat(Enumerable.Range(0, depth).Select(level => new string(' ', level) + "a:\n"));

    private static string Groups()
    {
        var example = File.ReadAllText(Path.Combine(ConfigTestData.Root, "config", "examples", "series-groups.yml"));
        return example[example.IndexOf("series_groups:", StringComparison.Ordinal)..];
    }
}
