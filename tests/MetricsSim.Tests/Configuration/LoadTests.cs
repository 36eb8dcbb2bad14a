using System.Text;
using MetricsSim.Configuration;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>Files on disk: missing, unreadable, of no text, and with scenarios beside them.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metricssim-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void GoodFileLoadsAndIsNamed()
    {
        var path = Write("c.yml", "users: { total: 7 }\n");
        var config = ConfigLoader.Load(path, []).Config!;
        Assert.Equal(7, config.World.Population.Total);
        Assert.Equal(path, config.Path);
    }

    [Fact]
    public void ByteOrderMarkIsNoContent() =>
        Assert.Equal(7, ConfigLoader.Load(Write("c.yml", [0xEF, 0xBB, 0xBF, .. "users: { total: 7 }"u8]), []).Config!.World.Population.Total);

    [Fact]
    public void ShippedFileLoadsWithoutAWord()
    {
        var result = ConfigLoader.Load(Path.Combine(ConfigTestData.Root, "config", "simulator-config.yml"), []);
        Assert.Equal([], result.Errors.Concat(result.Warnings).Select(finding => finding.ToString()));
        Assert.Equal(6, result.Config!.World.Scenarios.Count);
    }

    [Fact]
    public void WithoutAFileTheDefaultsLoad()
    {
        var config = ConfigLoader.Load(null, []).Config!;
        Assert.Equal(File.Exists(ConfigLoader.DefaultPath) ? ConfigLoader.DefaultPath : null, config.Path);
        Assert.Equal(100, config.World.Population.Total);
        Assert.Equal(6, config.World.Scenarios.Count);
    }

    [Fact]
    public void MissingFileIsAnError() => AssertErrors("no.yml", "no.yml: no such file");

    [Fact]
    public void MissingFolderIsAnError() => AssertErrors("no/no.yml", "no/no.yml: no such file");

    [Fact]
    public void FolderIsAnError()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "d.yml"));
        AssertErrors("d.yml", "d.yml: is a folder, not a file");
    }

    [Fact]
    public void NameThatNoFileCanHaveIsAnError() => Assert.NotEmpty(ConfigLoader.Load("\0", []).Errors);

    [Fact]
    public void EmptyNameIsAnError() => Assert.NotEmpty(ConfigLoader.Load("", []).Errors);

    [Fact]
    public void TooLargeFileIsAnError()
    {
        using (var stream = File.Create(Path.Combine(_folder, "big.yml"))) stream.SetLength((16 * 1024 * 1024) + 1);
        AssertErrors("big.yml", "big.yml: larger than 16 MB");
    }

    [Fact]
    public void InvalidUtf8IsAnError()
    {
        Write("latin1.yml", Encoding.Latin1.GetBytes("# caf\u00e9 au lait\n"));
        AssertErrors("latin1.yml", "latin1.yml: not UTF-8 text: byte 5 is not part of a character");
    }

    [Fact]
    public void Utf16IsAnError()
    {
        Write("utf16.yml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("users: { total: 7 }")]);
        AssertErrors("utf16.yml", "utf16.yml: not UTF-8 text: byte 0 is not part of a character");
    }

    [Fact]
    public void BinaryFileIsAnError()
    {
        Write("binary.yml", "users:\n  total: \0\u0001\n");
        AssertErrors("binary.yml", "binary.yml:2:10: character U+0000 is not allowed in YAML; is it a text file?");
    }

    [Fact]
    public void ScenarioFilesBesideItJoinTheCatalogue()
    {
        var path = Write("c.yml", "scenarios: { mine: { duration: 2h } }\n");
        Write("scenarios/first.yml", "duration: 1h\nname: First\n");
        Write("scenarios/second.yaml", "duration: 1h\nid: renamed\n");
        Write("scenarios/mine.yml", "duration: 1h\n");
        Write("scenarios/baseline.yml", "duration: 10m\nname: My own baseline\n");
        Write("scenarios/notes.txt", "no scenario");
        var result = ConfigLoader.Load(path, []);
        Assert.Equal([], result.Errors.Concat(result.Warnings).Select(finding => finding.ToString()));
        var scenarios = result.Config!.World.Scenarios;
        Assert.Equal(9, scenarios.Count);
        Assert.Equal("First", scenarios["first"].Name);
        Assert.Equal("renamed", scenarios["renamed"].Name);
        Assert.Equal(TimeSpan.FromHours(2), scenarios["mine"].Duration);
        Assert.Equal("My own baseline", scenarios["baseline"].Name);
    }

    [Fact]
    public void ErrorsOfAllFilesComeTogether()
    {
        Write("c.yml", "users: { total: 0 }\n");
        Write("scenarios/a.yml", "duration: 0\n");
        Write("scenarios/b.yml", "timeline: [ { time: 0, event: inject_failure, type: model_outage, model: none } ]\nduration: 1h\n");
        Write("scenarios/c-d.yml", "duration: 1h\n");
        Write("scenarios/e.yml", "");
        Write("scenarios/f.yml", "duration: [\n");
        Write("scenarios/g.yml", [0xFF]);
        AssertErrors(
            "c.yml",
            "scenarios/g.yml: not UTF-8 text: byte 0 is not part of a character",
            "c.yml:1:17: users.total: expected a whole number from 1 to 10000000, got 0",
            "scenarios/a.yml:1:11: duration: expected a duration > 0, in seconds (600) or as text (500ms, 90s, 10m, 2h, 1d, 1h30m), got 0",
            "scenarios/b.yml:1:74: timeline[0].model: unknown model \"none\"; allowed: claude-opus-4-5-20251101, claude-sonnet-4-5-20250929, claude-haiku-4-5-20251001",
            "scenarios/c-d.yml: id: missing, and the file's name \"c-d\" is no id of a-z, 0-9 and _",
            "scenarios/e.yml: is empty; expected a scenario",
            "scenarios/f.yml:2:1: not YAML: While parsing a node, did not find expected node content");
    }

    [Fact]
    public void TwoFilesOfOneIdAreAnError()
    {
        Write("c.yml", "");
        Write("scenarios/a.yml", "duration: 1h\n");
        Write("scenarios/b.yml", "duration: 2h\nid: a\n");
        AssertErrors("c.yml", "scenarios/b.yml:2:5: id: scenarios/a.yml has the id a already");
    }

    private void AssertErrors(string file, params string[] expected)
    {
        var result = ConfigLoader.Load(Path.Combine(_folder, file), []);
        Assert.Null(result.Config);
        Assert.Equal(expected, result.Errors.Select(error => error.ToString().Replace(_folder + "/", "", StringComparison.Ordinal)));
    }

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
