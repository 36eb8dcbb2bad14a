using System.Text.Json.Nodes;
using System.Xml.Linq;
using MetricsSim.Tests.Prometheus;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary><c>dashboards render</c> asks, draws, writes, and says by its exit code how it went.</summary>
public sealed class DashboardsRenderTests : IDisposable
{
    private const string Bad = "bad_metric";
    private const string Missing = "missing_metric";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_same_answers_give_the_same_page_and_pictures()
    {
        await using var server = await ServeAsync();
        var page = _directory.File("out.html");
        var first = await RenderAsync(server, Board("good.json", "up"), "--output", page, "--svg", _directory.File("svg"), "--to", "2026-01-05T12:00Z");
        Assert.Equal((0, "A board: 1 panels\n"), (first.ExitCode, first.Output));
        var (html, svg) = (await File.ReadAllTextAsync(page), await File.ReadAllTextAsync(_directory.File("svg/good.svg")));
        Assert.Equal($"wrote {_directory.File("svg/good.svg")}\nwrote {page}\n", first.Error);
        Assert.Contains(XDocument.Parse(html).Descendants("text"), text => text.Value == "api");
        Assert.Contains(XDocument.Parse(svg).Descendants(), element => element.Name.LocalName == "text" && element.Value == "2026-01-05 11:00 to 12:00 UTC");

        await RenderAsync(server, _directory.File("good.json"), "--output", page, "--svg", _directory.File("svg"), "--to", "2026-01-05T12:00Z");
        Assert.Equal(html, await File.ReadAllTextAsync(page));
        Assert.Equal(svg, await File.ReadAllTextAsync(_directory.File("svg/good.svg")));
    }

    [Fact]
    public async Task A_query_that_fails_is_told_in_its_place_and_makes_the_exit_code_1()
    {
        await using var server = await ServeAsync();
        var page = _directory.File("out.html");
        var result = await RenderAsync(server, Board("mixed.json", "up", Bad, Missing), "--output", page, "--json");
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        var report = JsonNode.Parse(result.Output)!["dashboards"]![0]!;
        Assert.Equal((3, "panel 1", "bad_data: no such function"), ((int)report["panels"]!, (string)report["failed"]![0]!["panel"]!, (string)report["failed"]![0]!["error"]!));
        Assert.Equal(["panel 2"], report["without_data"]!.AsArray().Select(title => (string)title!));
        var texts = XDocument.Parse(await File.ReadAllTextAsync(page)).Descendants("text").Select(text => text.Value).ToList();
        Assert.Contains("bad_data: no such function", texts);
        Assert.Contains("No data", texts);
        Assert.Contains("api", texts);
    }

    [Fact]
    public async Task A_panel_without_data_is_no_failure()
    {
        await using var server = await ServeAsync();
        var result = await RenderAsync(server, Board("empty.json", Missing), "--output", "-");
        Assert.Equal((0, "A board: 1 panels, 1 without data\n  panel 0: no data\n"), (result.ExitCode, result.Error));
        Assert.StartsWith("<!DOCTYPE html>", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotations_that_fail_and_times_that_are_not_read_are_told()
    {
        await using var server = await ServeAsync();
        var board = JsonNode.Parse(await File.ReadAllTextAsync(Board("mixed.json", "up")))!;
        board["annotations"] = new JsonObject { ["list"] = new JsonArray(new JsonObject { ["name"] = "Events", ["enable"] = true, ["expr"] = Bad }) };
        board["time"]!["from"] = "now/d";
        var result = await RenderAsync(server, _directory.Write("mixed.json", board.ToJsonString()), "--output", _directory.File("out.html"));
        Assert.Equal((1, "A board: 1 panels, 1 failed\n  annotation Events: bad_data: no such function\n"), (result.ExitCode, result.Output));
        Assert.Contains("is not of the form now-6h to now: the last 6h are drawn", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_variables_reach_the_terminal_without_control_characters()
    {
        await using var server = await ServeAsync();
        var board = Board("escape.json", Missing);
        await File.WriteAllTextAsync(board, (await File.ReadAllTextAsync(board)).Replace("panel 0", "panel $job", StringComparison.Ordinal));
        var result = await RenderAsync(server, board, "--output", _directory.File("out.html"), "--var", "job=\u001b[31m\u0007");
        Assert.Equal("A board: 1 panels, 1 without data\n  panel  [31m : no data\n", result.Output);
    }

    [Theory]
    [InlineData("--range 2h --to 2026-01-05T12:00Z", "start=1767607200&end=1767614400")]
    [InlineData("--from 2026-01-05T10:00Z --to 2026-01-05T12:00Z", "start=1767607200&end=1767614400")]
    [InlineData("--to 2026-01-05T12:00Z", "start=1767610800&end=1767614400")]
    [InlineData("--to 2026-01-05T12:00Z --interval 5m", "start=1767610800&end=1767614400&step=300")]
    [InlineData("--to 2026-01-05T12:00Z --var job=other", "job%3D%22other%22")]
    public async Task Flags_choose_the_time_and_the_values_of_variables(string flags, string asked)
    {
        var bodies = new List<string>();
        await using var server = await ServeAsync(bodies);
        var result = await RenderAsync(server, [Board("good.json", "up"), "--output", "-", .. flags.Split(' ')]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(bodies, body => body.Contains(asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_makes_the_exit_code_4()
    {
        var result = await CliSession.RunAsync(["dashboards", "render", Board("good.json", "up"), "--prometheus", $"http://127.0.0.1:{Ports.Free()}", "--output", _directory.File("out.html")]);
        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("metricssim: can't talk to Prometheus", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.File("out.html")));
    }

    [Fact]
    public async Task A_bad_command_line_is_told_at_once()
    {
        var result = await CliSession.RunAsync(["dashboards", "render", "--prometheus", "nowhere", "--range", "0", "--from", "yesterday", "--svg", "", "--var", "x"]);
        Assert.Equal(2, result.ExitCode);
        foreach (var flag in new[] { "--prometheus: 'nowhere'", "--range: must be at least 1s", "--range and --from", "--from: expected a date", "--svg: a path is empty", "--var: 'x'" })
            Assert.Contains(flag, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CliSession.RunAsync(["dashboards", "render", _directory.Path])).ExitCode);
    }

    [Theory]
    [InlineData("there is no dashboard with the uid", "good.json", "--dashboard", "other")]
    [InlineData("no such file", "nowhere.json")]
    [InlineData("would both be good.svg", "good.json", "sub/good.json", "--svg", "svg")]
    public async Task Dashboards_that_are_not_there_or_not_clear_are_bad_input(string problem, params string[] args)
    {
        await using var server = await ServeAsync();
        Board("good.json", "up");
        Board("sub/good.json", "up");
        var result = await RenderAsync(server, [.. args.Select(arg => arg.StartsWith('-') || arg == "other" ? arg : _directory.File(arg))]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    private static Task<Finished> RenderAsync(StubServer server, params string[] args) => CliSession.RunAsync(["dashboards", "render", "--prometheus", server.Url.ToString(), .. args]);

    private string Board(string name, params string[] metrics) => _directory.Write(name, new JsonObject
    {
        ["uid"] = "a-board",
        ["title"] = "A board",
        ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
        ["templating"] = new JsonObject { ["list"] = new JsonArray(new JsonObject { ["name"] = "job", ["type"] = "constant", ["query"] = "metricssim" }) },
        ["panels"] = new JsonArray([.. metrics.Select((metric, i) => new JsonObject
        {
            ["type"] = "timeseries",
            ["title"] = $"panel {i}",
            ["gridPos"] = new JsonObject { ["x"] = 0, ["y"] = i * 8, ["w"] = 24, ["h"] = 8 },
            ["targets"] = new JsonArray(new JsonObject { ["refId"] = "A", ["expr"] = $"{metric}{{job=\"$job\"}}", ["legendFormat"] = "{{name}}" }),
        })]),
    }.ToJsonString());

    /// <summary>A Prometheus that knows one series.</summary>
    private static Task<StubServer> ServeAsync(List<string>? bodies = null) => StubServer.StartAsync(async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        lock (bodies ?? []) bodies?.Add(body);
        if (body.Contains(Bad, StringComparison.Ordinal)) context.Response.StatusCode = 400;
        await context.Response.WriteAsync(body switch
        {
            "" => "ready",
            _ when body.Contains(Bad, StringComparison.Ordinal) => """{"status":"error","errorType":"bad_data","error":"no such function"}""",
            _ when body.Contains(Missing, StringComparison.Ordinal) => """{"status":"success","data":{"resultType":"matrix","result":[]}}""",
            _ => """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"name":"api"},"values":[[1767612600,"1"],[1767612615,"2"],[1767612630,"1.5"]]}]}}""",
        });
    });
}
