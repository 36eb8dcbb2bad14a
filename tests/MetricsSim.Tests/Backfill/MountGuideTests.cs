using System.Text.Json;
using MetricsSim.Tests.Prometheus;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Backfill;

/// <summary><c>backfill --into URL</c>: what it asks a Prometheus, what it warns of, and that what it prints does it.</summary>
public sealed class MountGuideTests : IDisposable
{
    private const string Empty = """{"headStats": {"minTime": 9223372036854775807, "maxTime": -9223372036854775808}}""";
    private const long Monday = 1_767_607_200_000;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, string, string, string, string[]> Servers => new()
    {
        // Flags, retention, head, names of metrics at that time, warnings.
        { "", "15d", Empty, "[]", [] },
        {
            "", "12h", Empty, "[]",
            ["it keeps 12h, counted back from its newest block, and would delete blocks before 2026-01-06T03:45:00Z at once: start it with --storage.tsdb.retention.time=3d"]
        },
        {
            "", "2w or 10GiB", $$$"""{"headStats": {"minTime": {{{Monday + (23 * 3_600_000)}}}, "maxTime": {{{Monday + (100 * 86_400_000L)}}}}}""", "[]",
            [
                "it keeps 2w or 10GiB, counted back from its newest block, and would delete blocks before 2026-04-01T10:00:00Z at once: start it with --storage.tsdb.retention.time=101d",
                "it keeps 2w or 10GiB, and deletes the oldest blocks first when there is more",
                "it has samples from 2026-01-06T09:00:00Z on that are in no block yet: when it starts next it forgets those before the end of the newest block: end the history before them, with --to 2026-01-06T09:00:00Z",
            ]
        },
        {
            ""","storage.tsdb.min-block-duration": "2h", "storage.tsdb.max-block-duration": "2h" """, "15d", Empty, "[]",
            ["its blocks are all of 2 h, so it compacts none, and whatever uploads them, such as a sidecar of Thanos, would upload these too"]
        },
        {
            ""","storage.tsdb.min-block-duration": "2h", "storage.tsdb.max-block-duration": "3h" """, "15d", Empty, "[]",
            ["blocks of 6 h are longer than those its compaction makes: give --max-block-duration 3h"]
        },
        { "", "15d", Empty, """["up", "other"]""", ["it has 2 other metrics at that time: blocks that overlap are merged when they are compacted, which takes a while"] },
        {
            "", "15d", Empty, """["up", "mine"]""",
            ["it has 1 metric of {job=\"metricssim\",instance=\"localhost:8001\"} at that time: where both have a sample at the same time one of them wins; choose another --label instance=…"]
        },
        {
            ""","storage.tsdb.allow-overlapping-blocks": "false" """, "15d", Empty, """["up"]""",
            ["it has blocks of that time and runs without --storage.tsdb.allow-overlapping-blocks: it would load no block any more"]
        },
    };

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Warns_of_what_stands_against_it(string flags, string retention, string tsdb, string names, string[] warnings)
    {
        var status = $$"""{"/api/v1/status/flags": {"storage.tsdb.path": "/prometheus"{{flags}}}, "/api/v1/status/runtimeinfo": {"CWD": "/", "storageRetention": "{{retention}}"}, "/api/v1/status/tsdb": {{tsdb}}}""";
        await using var server = await StubServer.StartAsync(context => AnswerAsync(context, status, names));
        var end = await RunAsync("--into", server.Url.ToString(), "--max-block-duration", "6h");
        Assert.Equal(0, end.ExitCode);
        Assert.Equal(warnings.Select(warning => $"warning: {warning}\n"), end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"));
        Assert.Contains($"Into the Prometheus at {server.Url.ToString().TrimEnd('/')}, which keeps {retention} in /prometheus;", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_it_to_programs_and_leaves_a_shell_nothing_to_run()
    {
        const string Status = """{"/api/v1/status/flags": {"storage.tsdb.path": "da ta'$(x)\u001b"}, "/api/v1/status/runtimeinfo": {"CWD": "/srv", "storageRetention": "15d"}, "/api/v1/status/tsdb": {}}""";
        await using var server = await StubServer.StartAsync(context => AnswerAsync(context, Status, "[]"));
        var end = await RunAsync("--into", server.Url.ToString(), "--json");
        using var json = JsonDocument.Parse(end.Output);
        var into = json.RootElement.GetProperty("into");
        Assert.Equal(("/srv/da ta'$(x)\u001b", "15d", 0), (into.GetProperty("storage_path").GetString(), into.GetProperty("retention").GetString(), into.GetProperty("warnings").GetArrayLength()));
        Assert.StartsWith($"for b in {Data}/0*; do d='/srv/da ta'\\''$(x)?'/${{b##*/}}; cp -r ", into.GetProperty("copy").GetString(), StringComparison.Ordinal);
        Assert.Contains("docker cp ", into.GetProperty("copy_into_container").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"status": "success", "data": {}}""", "names no storage.tsdb.path among its flags: it has no database to put blocks into")]
    [InlineData(200, """{"status": "success", "data": []}""", "names no storage.tsdb.path")]
    [InlineData(200, "<html>", "is not the API of a Prometheus")]
    [InlineData(404, "", "answers 404 NotFound")]
    public async Task Whoever_has_no_database_ends_it_before_anything_is_made(int status, string body, string message)
    {
        await using var server = await StubServer.StartAsync(status, body);
        var end = await RunAsync("--into", server.Url.ToString());
        Assert.Equal((4, ""), (end.ExitCode, end.Output));
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_Prometheus_has_the_history_after_the_printed_command()
    {
        var cancel = TestContext.Current.CancellationToken;
        var stored = _directory.File("its own");
        await using (var running = await PrometheusServer.StartAsync("", cancel, data: stored))
        {
            var end = await RunAsync("--into", running.Url.ToString(), "--label", "instance=here");
            Assert.Equal((0, ""), (end.ExitCode, end.Error));
            var command = end.Output.Split('\n').Single(line => line.Contains("cp -r", StringComparison.Ordinal));
            var copied = await Programs.Run("bash", "", "-c", command);
            Assert.Equal((0, ""), (copied.ExitCode, copied.Error));
        }

        Assert.Equal(Directory.GetDirectories(Data).Select(Path.GetFileName).Order(), Directory.GetDirectories(stored, "0*").Select(Path.GetFileName).Order());
        await using var server = await PrometheusServer.StartOnAsync(stored, cancel);
        Assert.Equal(1, await server.ScalarAsync("count(target_info{instance=\"here\"})", (Monday / 1000) + 60, cancel));
        Assert.DoesNotContain("level=warn", server.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("level=error", server.LogText, StringComparison.Ordinal);
    }

    private Task<Finished> RunAsync(params string[] flags) =>
        CliSession.RunAsync(["backfill", "--users", "1", "--duration", "30h", "--interval", "15m", "--output", Data, .. flags]);

    private static Task AnswerAsync(HttpContext context, string status, string names)
    {
        var all = JsonDocument.Parse(status).RootElement;
        var data = all.TryGetProperty(context.Request.Path.Value!, out var known) ? known.GetRawText()
            : context.Request.Query["match[]"].Count == 0 ? names
            : names.Contains("mine", StringComparison.Ordinal) ? """["mine"]""" : "[]";
        return context.Response.WriteAsync($$"""{"status": "success", "data": {{data}}}""");
    }
}
