using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli.Cardinality;

/// <summary>A study of two tiny sizes against a real Prometheus, and how one ends that can't be made.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StudyCommandTests : IDisposable
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_measures_queries_scrapes_memory_and_disk_at_each_size()
    {
        // A limit that nothing keeps makes --check tell of it.
        var file = _directory.Write("a.yml", "benchmarks: { query_performance: { simple_counter: 0.001ms } }");
        var finished = await CliSession.RunAsync(
            [.. Study("--series", "2k,5000", "--history", "2m", "--interval", "1s", "--repeat", "1", "--scrapes", "1"), "--svg", _directory.File("pics"), "--config", file, "--check", "--json"],
            Variables, TestContext.Current.CancellationToken);
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("1,981 series, 16 users: measured after", finished.Error, StringComparison.Ordinal);

        var study = JsonNode.Parse(finished.Output)!;
        var sizes = study["sizes"]!.AsArray();
        Assert.Equal([2000, 5000], sizes.Select(size => (long)size!["asked"]!));
        foreach (var size in sizes)
        {
            var (series, users) = ((long)size!["series"]!, (long)size["users"]!);
            Assert.InRange((double)series / (long)size["asked"]!, 0.97, 1.03);
            Assert.Null(size["problem"]);
            Assert.Equal(series * 120, (long)size["history"]!["samples"]!);
            Assert.True((long)size["history"]!["index_bytes"]! > 0 && (double)size["start_seconds"]! > 0);
            Assert.Equal(17, size["queries"]!.AsArray().Count);
            Assert.All(size["queries"]!.AsArray(), query => Assert.True(query!["problem"] is null && (double)query["timing"]!["min_ms"]! > 0 && (long)query["results"]! > 0, query!.ToJsonString()));
            // One series of each user has sessions, with a sample at each of 120 steps.
            var sessions = size["queries"]!.AsArray().Where(query => ((string)query!["expression"]!).StartsWith("sum(otel_claude_code_session_count", StringComparison.Ordinal)).ToList();
            Assert.Equal([(users, users), (users, users * 120)], sessions.Select(query => ((long)query!["series"]!, (long)query["samples"]!)));
            Assert.InRange((long)size["ingest"]!["samples_per_scrape"]!, series, series + 200);
            Assert.InRange((long)size["ingest"]!["head_series"]!, series, series + 210);
            Assert.Equal(0, (int)size["ingest"]!["failed"]!);
            Assert.True((double)size["ingest"]!["later_seconds"]! > 0 && (long)size["ingest"]!["log_bytes"]! > 0);
            Assert.True((long)size["memory"]!["after_ingest"]! > 0);
        }

        Assert.Equal(8, study["findings"]!.AsArray().Count);
        Assert.Equal("less_than", (string)study["findings"]![0]!["largest"]!["is"]!);
        Assert.True(JsonNode.DeepEquals(study, JsonNode.Parse(File.ReadAllText(_directory.File("x.json")))));
        Assert.Equal(8, XDocument.Load(_directory.File("x.html")).Descendants("figure").Count());
        Assert.Equal(8, Directory.GetFiles(_directory.File("pics")).Count(picture => XDocument.Load(picture).Root!.Name.LocalName == "svg"));
        Assert.Empty(Directory.GetFileSystemEntries(_directory.File("work")));
    }

    [Fact]
    public async Task An_interrupt_leaves_neither_a_Prometheus_nor_its_data()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var study = CliSession.RunAsync(Study("--series", "2000", "--history", "1m", "--interval", "1s", "--scrapes", "1000"), Variables, stop.Token);
        await UntilAsync(study, () => Task.FromResult(Servers().Any()));
        await stop.CancelAsync();
        var finished = await study;
        Assert.Equal((130, ""), (finished.ExitCode, finished.Output));
        Assert.Empty(Servers());
        Assert.Empty(Directory.GetFileSystemEntries(_directory.File("work")));
        Assert.False(File.Exists(_directory.File("x.html")));
    }

    [Fact]
    public async Task A_Prometheus_that_is_killed_amid_queries_leaves_what_was_measured()
    {
        var study = CliSession.RunAsync(
            [.. Study("--series", "2000", "--history", "1m", "--interval", "1s", "--repeat", "1000"), "--json"], Variables, TestContext.Current.CancellationToken);
        await UntilAsync(study, () => Task.FromResult(Servers().Any()));
        var (id, line) = Servers().Single();
        var address = line.Split('\0').Single(flag => flag.StartsWith("--web.listen-address=", StringComparison.Ordinal)).Split('=')[1];
        using var http = new HttpClient();
        await UntilAsync(study, async () =>
        {
            try
            {
                var page = await http.GetStringAsync($"http://{address}/metrics", TestContext.Current.CancellationToken);
                return page.Contains("http_requests_total{code=\"200\",handler=\"/api/v1/query_range\"}", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
                return false;
            }
        });
        using (var server = Process.GetProcessById(id)) server.Kill();
        var finished = await study;
        Assert.Equal(0, finished.ExitCode);
        var size = JsonNode.Parse(finished.Output)!["sizes"]![0]!;
        var problems = size["queries"]!.AsArray().Select(query => (string?)query!["problem"]).ToList();
        Assert.InRange(problems.Count, 2, 16);
        Assert.All(problems[..^1], Assert.Null);
        Assert.Equal(("Prometheus was killed, as a system does that is out of memory", problems[^1]), (problems[^1], (string?)size["problem"]));
    }

    [Theory]
    [InlineData("no-such-program", "metricssim: no-such-program is not on the PATH: install Prometheus (Debian: apt-get install prometheus")]
    [InlineData("./nothing", "metricssim: ./nothing is not there: install Prometheus")]
    [InlineData("/bin/true", "metricssim: /bin/true is no Prometheus: install Prometheus")]
    [InlineData("/etc/passwd", "metricssim: /etc/passwd is no Prometheus: install Prometheus")]
    public async Task Without_a_Prometheus_it_ends_with_4(string server, string message)
    {
        var finished = await CliSession.RunAsync([.. Study(), "--server", server], Variables, TestContext.Current.CancellationToken);
        Assert.Equal((4, ""), (finished.ExitCode, finished.Output));
        Assert.Contains(message, finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Prometheus_that_ends_is_told_for_each_size_and_ends_with_4()
    {
        var script = _directory.Write("prometheus", "#!/bin/sh\n[ \"$1\" = --version ] && echo 'prometheus, version 9.9.9' && exit\nprintf 'no \\033[31mluck\\n' >&2\nexit 7\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var finished = await CliSession.RunAsync(
            [.. Study("--series", "2000,3000", "--history", "5s", "--interval", "1s"), "--server", script], Variables, TestContext.Current.CancellationToken);
        Assert.Equal(4, finished.ExitCode);
        Assert.Contains("2,000 series: Prometheus ended with 7: no  [31mluck", finished.Output, StringComparison.Ordinal);
        Assert.Contains("3,000 series: Prometheus ended with 7: no  [31mluck", finished.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.File("work")));
    }

    [Fact]
    public async Task A_work_directory_that_cannot_be_ends_with_3()
    {
        var finished = await CliSession.RunAsync(["cardinality", "study", "--output", _directory.File("x.html"), "--work-dir", _directory.Write("file", "")], Variables);
        Assert.Equal((3, ""), (finished.ExitCode, finished.Output));
        Assert.Contains("can't write the output", finished.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--series 1k,x --repeat 0", "--series: '1k,x' is not up to 20 numbers from 1 to 10000000, such as 10k,100k,1M", "--repeat: '0' is not a whole number from 1 to 1000")]
    [InlineData("--series 20M", "--series: '20M' is not up to 20 numbers")]
    [InlineData("--series 79228162514264337593543950335k", "--series: '79228162514264337593543950335k' is not up to 20 numbers")]
    [InlineData("--series 1.5", "--series: '1.5' is not up to 20 numbers")]
    [InlineData("--series 100,10k", "--series: 100 series are too few: a single user makes")]
    [InlineData("--interval 0 --output x.txt", "--interval: must be longer than 0", "--output: 'x.txt' does not end in .html")]
    [InlineData("--interval 1500ms", "--interval: 1.5s is not a whole number of ticks of 1s")]
    [InlineData("--history 20s", "--history: must be at least two intervals")]
    public async Task Bad_input_ends_with_2(string flags, params string[] messages)
    {
        var finished = await CliSession.RunAsync(["cardinality", "study", .. flags.Split(' ')]);
        Assert.Equal((2, ""), (finished.ExitCode, finished.Output));
        Assert.All(messages, message => Assert.Contains(message, finished.Error, StringComparison.Ordinal));
    }

    private string[] Study(params string[] flags) => ["cardinality", "study", "--output", _directory.File("x.html"), "--work-dir", _directory.File("work"), .. flags];

    /// <summary>Waits for something that comes before the end of a study.</summary>
    private static async Task UntilAsync(Task study, Func<Task<bool>> holds)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            Assert.False(study.IsCompleted, "The study ended before.");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Processes that were started on data in the work directory.</summary>
    private IEnumerable<(int Id, string Line)> Servers()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => path.AsSpan("/proc/".Length).ContainsAnyExceptInRange('0', '9') is false))
        {
            string line;
            try
            {
                line = File.ReadAllText($"{process}/cmdline");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
                continue;
            }

            if (line.Contains($"--storage.tsdb.path={_directory.File("work")}", StringComparison.Ordinal)) yield return (int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), line);
        }
    }
}
