using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Drawing;
using MetricsSim.Dashboards.Model;
using MetricsSim.Exports;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.Dashboards;

/// <summary><c>dashboards render</c>: draws what dashboards show of a Prometheus, so that people see them without a Grafana.</summary>
internal sealed class DashboardsRenderCommand : CliCommand
{
    private const string DefaultOutput = "dashboards.html";
    private const string StandardOutput = "-";

    private static readonly PrometheusClientOptions Limits = new() { MostConnections = BoardDataLoader.Concurrency };

    private readonly BoardFlags _boards = new();
    private readonly RenderTime _time;

    private readonly Option<string> _output = new("--output")
    {
        Description = $"The page, or {StandardOutput} for standard output [default: {DefaultOutput}, or none with --svg]",
        HelpName = "FILE.html",
    };

    private readonly Option<string> _svg = new("--svg") { Description = "Directory for a picture of each dashboard, named after its file", HelpName = "DIR" };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public DashboardsRenderCommand(SharedOptions shared)
        : base("render", "Draw dashboards with what a Prometheus answers, as a page or as pictures, without a Grafana", shared)
    {
        _time = new(_boards);
        _boards.AddTo(this);
        _time.AddTo(this);
        Options.Add(_output);
        Options.Add(_svg);
    }

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        _boards.Check(parse, terminal, config, problems);
        _time.Check(parse, config, problems);
        foreach (var option in new[] { _output, _svg }.Where(option => Flags.Token(parse, option) is { Length: 0 })) problems.Add($"{option.Name}: a path is empty");
        if (_boards.Prometheus(parse, terminal) is null && problems.Count == 0)
            problems.Add($"which Prometheus to ask is not said: add --prometheus URL, or set {PrometheusAddress.Variable}");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        try
        {
            using var client = new PrometheusClient(_boards.Prometheus(invocation.Parse, invocation.Terminal)!, Limits);
            if (await new BoardLoading(invocation, _boards).LoadAsync(null, stop) is not { } dashboards) return ExitCodes.BadInput;
            var svg = Flags.Token(invocation.Parse, _svg);
            if (svg is not null && dashboards.GroupBy(Picture, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                await invocation.Terminal.Error.WriteLineAsync($"metricssim: --svg: {string.Join(" and ", twice.Select(dashboard => dashboard.Source))} would both be {twice.Key}");
                return ExitCodes.BadInput;
            }

            if (svg is not null) OutputException.Guard(() => Directory.CreateDirectory(svg));
            await client.ReadyAsync(stop);
            foreach (var note in dashboards.Select(dashboard => _time.Note(invocation.Parse, dashboard)).OfType<string>()) await invocation.Terminal.Error.WriteLineAsync($"metricssim: {note}");
            var boards = await AskAsync(invocation, client, dashboards, stop);
            var reports = boards.Select(RenderReport.Of).ToList();
            Tell(invocation, reports, Write(invocation, boards, svg));
            return reports.Exists(report => report.Failed.Count > 0) ? ExitCodes.NegativeVerdict : ExitCodes.Ok;
        }
        catch (PrometheusException failure)
        {
            await invocation.Terminal.Error.WriteLineAsync($"metricssim: {failure.Message}");
            return failure.Failure is PrometheusFailure.Query or PrometheusFailure.TooLarge ? ExitCodes.BadInput : ExitCodes.MissingDependency;
        }
    }

    private static string Picture(Dashboard dashboard) => Path.GetFileNameWithoutExtension(dashboard.Source) + ".svg";

    private Task<IReadOnlyList<BoardData>> AskAsync(Invocation invocation, PrometheusClient client, IReadOnlyList<Dashboard> dashboards, CancellationToken stop)
    {
        var loader = new BoardDataLoader(client, new BoardLoadOptions { Variables = _boards.Variables(invocation.Parse), ScrapeInterval = _boards.Interval(invocation.Parse) });
        var to = _boards.To(invocation.Parse, invocation.Config);
        var total = dashboards.Sum(dashboard => dashboard.Panels.Count(panel => !panel.Folded));
        var done = 0;
        return StatusLine.WatchAsync<IReadOnlyList<BoardData>>(invocation.Terminal, invocation.Json, invocation.NoColor, "asking", async tell =>
        {
            var boards = new List<BoardData>();
            foreach (var dashboard in dashboards)
            {
                var time = _time.Of(invocation.Parse, invocation.Config, dashboard, to);
                boards.Add(await loader.LoadAsync(dashboard, time, () => tell($"panel {Interlocked.Increment(ref done)} of {total}"), stop));
            }

            return boards;
        }, stop);
    }

    private List<string> Write(Invocation invocation, IReadOnlyList<BoardData> boards, string? svg)
    {
        var written = new List<string>();
        void Put(string path, string text)
        {
            OutputException.Guard(() =>
            {
                using var file = new PendingFile(path, gzip: false);
                file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                file.Complete();
                file.Publish();
            });
            written.Add(path);
        }

        foreach (var board in svg is null ? [] : boards) Put(Path.Combine(svg!, Picture(board.Dashboard)), BoardSvg.Of(board));
        var output = Flags.Token(invocation.Parse, _output) ?? (svg is null ? DefaultOutput : null);
        if (output == StandardOutput) invocation.Terminal.Write(BoardPage.Of(boards));
        else if (output is not null) Put(output, BoardPage.Of(boards));
        return written;
    }

    private void Tell(Invocation invocation, IReadOnlyList<RenderReport> reports, IReadOnlyList<string> written)
    {
        var text = invocation.Json ? Json.Text(new { Written = written, Dashboards = reports }) : string.Concat(reports.Select(report => report.Text()));
        // A page on standard output leaves no place there for anything else.
        if (Flags.Token(invocation.Parse, _output) == StandardOutput) invocation.Terminal.Error.Write(text);
        else invocation.Terminal.Write(text);
        foreach (var path in invocation.Json ? [] : written) invocation.Terminal.Error.WriteLine($"wrote {path}");
    }
}
