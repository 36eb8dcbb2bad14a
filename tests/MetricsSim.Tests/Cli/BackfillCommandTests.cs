using System.Text.Json;
using MetricsSim.Cli;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>The command as its user sees it; what its blocks hold is in <see cref="Conformance.BackfillTests"/>.</summary>
public sealed class BackfillCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tells_what_it_made()
    {
        var end = await RunAsync("--users", "3", "--duration", "3h", "--output", Data);
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.StartsWith($"2 blocks in {Data}: 928 series every 15s, 2026-01-05T10:00:00Z to 2026-01-05T12:59:45Z\n668,160 samples, ", end.Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(Data).Length);
    }

    [Fact]
    public async Task Tells_it_to_programs_too()
    {
        var end = await RunAsync("--users", "3", "--duration", "1h", "--interval", "5m", "--output", Data, "--json");
        using var json = JsonDocument.Parse(end.Output);
        var bytes = new DirectoryInfo(Data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.Equal("blocks", json.RootElement.GetProperty("format").GetString());
        Assert.Equal((1, 928, 928 * 12L, bytes), (Number("blocks"), Number("series"), Number("samples"), Number("bytes")));
        Assert.Equal("2026-01-05T10:55:00Z", json.RootElement.GetProperty("last_sample").GetString());

        long Number(string name) => json.RootElement.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task The_same_inputs_make_the_same_bytes_whatever_the_threads()
    {
        string[] span = ["--users", "3", "--from", "2026-02-01T09:00Z", "--to", "2026-02-01T15:00+01:00", "--interval", "30s", "--scenario", "black_friday"];
        await RunAsync([.. span, "--output", Data, "--threads", "1"]);
        await RunAsync([.. span, "--output", _directory.File("other"), "--threads", "3"]);
        var files = Files(Data);
        Assert.Equal(3 * 4, files.Count);
        Assert.Equal(files, Files(_directory.File("other")));
        Assert.All(files.Keys, file => Assert.Equal(File.ReadAllBytes(Path.Combine(Data, file)), File.ReadAllBytes(Path.Combine(_directory.File("other"), file))));

        var again = await RunAsync([.. span, "--output", Data]);
        Assert.Equal((0, $"warning: {Data} has 3 blocks of this time already: Prometheus merges what overlaps\n"), (again.ExitCode, again.Error));
        Assert.Equal(files, Files(Data));
    }

    [Theory]
    [InlineData("2h", 7)]
    [InlineData("8h", 3)]
    [InlineData("1d", 2)]
    public async Task Blocks_are_the_longest_of_the_compaction_within_the_limit(string limit, int blocks)
    {
        // From 10:00 to 23:00; ranges of 6 h begin at 6, 12 and 18 o'clock, one of 18 h begins at noon.
        var end = await RunAsync("--users", "1", "--duration", "13h", "--interval", "5m", "--max-block-duration", limit, "--output", Data);
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Equal(blocks, Directory.GetDirectories(Data).Length);
    }

    [Fact]
    public async Task Text_has_one_end_and_what_is_said_about_it_goes_elsewhere()
    {
        var end = await RunAsync("--users", "1", "--duration", "1m", "--format", "openmetrics", "--label", "job=", "--label", "zone=a");
        Assert.EndsWith("\n# EOF\n", end.Output, StringComparison.Ordinal);
        Assert.Single(end.Output.Split('\n'), "# EOF");
        Assert.StartsWith("OpenMetrics text in standard output: 766 series every 15s, ", end.Error, StringComparison.Ordinal);
        var lines = end.Output.Split('\n').Where(line => line.StartsWith("otel_claude_code_commit_count_total", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Contains(",instance=\"localhost:8001\",zone=\"a\"} 0 17676072", line, StringComparison.Ordinal));
        Assert.EndsWith(" 1767607245.000", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_leaves_no_half_block()
    {
        var config = _directory.Write("config.yml", "development: {mock_external_services: true}\n");
        await using var program = MetricsSimProcess.Start(["backfill", "--config", config, "--users", "200", "--duration", "3650d", "--output", Data]);
        await program.UntilFirstErrorLineAsync();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Directory.Exists(Data) || Directory.GetDirectories(Data).Length < 2) await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        program.Signal(MetricsSimProcess.Interrupt);
        var end = await program.EndAsync();
        Assert.Equal((130, ""), (end.ExitCode, end.Output));
        var left = Directory.GetDirectories(Data);
        Assert.NotEmpty(left);
        Assert.All(left, block => Assert.Equal(["chunks", "index", "meta.json", "tombstones"], Directory.EnumerateFileSystemEntries(block).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_finds_no_room_is_reported_and_cleared_away()
    {
        // Where files may have 100 kB at most: the runtime's own are kept out of that.
        var end = await MetricsSimProcess.ShellAsync(
            $"trap '' XFSZ; ulimit -f 100; export DOTNET_EnableWriteXorExecute=0; $metricssim backfill --users 20 --duration 4h --output {Data}");
        Assert.Equal((3, ""), (end.ExitCode, end.Output));
        Assert.StartsWith("metricssim: can't write the output: ", end.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Data));
    }

    [Fact]
    public async Task A_disk_that_is_full_is_reported_and_keeps_the_blocks_that_are_whole()
    {
        var disk = Directory.CreateDirectory(_directory.File("disk")).FullName;
        var probe = await MetricsSimProcess.ShellAsync("unshare --map-root-user --mount true");
        Assert.SkipUnless(probe.ExitCode == 0, $"needs the right to mount: {probe.Error}");
        var end = await MetricsSimProcess.ShellAsync(
            $"unshare --map-root-user --mount bash -c 'mount -t tmpfs -o size=2m tmpfs {disk} || exit 9; $metricssim backfill --users 20 --duration 8h --output {disk}/data; code=$?; cd {disk}/data; find -type f; exit $code'");
        Assert.Equal(3, end.ExitCode);
        Assert.StartsWith("metricssim: can't write the output: No space left on device", end.Error, StringComparison.Ordinal);
        var files = end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => file.Split('/')).ToLookup(parts => parts[1], parts => string.Join('/', parts[2..]));
        Assert.NotEmpty(files);
        Assert.All(files, block => Assert.Equal(["chunks/000001", "index", "meta.json", "tombstones"], block.Order(StringComparer.Ordinal)));
        Assert.All(files, block => Assert.DoesNotContain('.', block.Key));
    }

    [Fact]
    public async Task A_person_who_watches_sees_how_much_is_done_and_how_long_it_takes()
    {
        await using var error = new StringWriter();
        var terminal = new Terminal { Out = Stream.Null, Error = error, Variable = _ => null, Interactive = true };
        var code = await new CommandLine(terminal, Commands.All).RunAsync(["backfill", "--users", "10", "--duration", "1d", "--no-color", "--output", Data], CancellationToken.None);
        Assert.Equal(0, code);
        Assert.Matches("backfill .* [0-9]+% [0-9]{2}:[0-9]{2}:[0-9]{2}", error.ToString());
    }

    [Theory]
    [InlineData("blocks")]
    [InlineData("openmetrics")]
    public async Task A_place_that_can_not_be_is_reported(string format)
    {
        var file = _directory.Write("file", "");
        var end = await RunAsync("--duration", "1h", "--format", format, "--output", Path.Combine(file, "data"));
        Assert.Equal((3, ""), (end.ExitCode, end.Output));
        Assert.StartsWith("metricssim: can't write the output: ", end.Error, StringComparison.Ordinal);
    }

    private static Task<Finished> RunAsync(params string[] arguments) => CliSession.RunAsync(["backfill", .. arguments]);

    /// <summary>Paths below a directory, and sizes.</summary>
    private static SortedDictionary<string, long> Files(string directory) => new(
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(directory, file.FullName), file => file.Length, StringComparer.Ordinal),
        StringComparer.Ordinal);
}
