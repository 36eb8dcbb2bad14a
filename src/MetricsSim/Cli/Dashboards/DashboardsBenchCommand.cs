using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Dashboards.Grafana;
using MetricsSim.Dashboards.Model;
using MetricsSim.Prometheus;
using MetricsSim.Reports;

namespace MetricsSim.Cli.Dashboards;

/// <summary><c>dashboards bench</c>: loads dashboards as a browser does and holds the times against <c>benchmarks</c> of the configuration.</summary>
internal sealed class DashboardsBenchCommand : CliCommand
{
    // With fewer the 95th percentile is hardly less than the longest, which one hiccup of a busy machine decides.
    private const int UsualRepeat = 10;
    private static readonly TimeSpan[] UsualRanges = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(3660);

    private static readonly PrometheusClientOptions Limits = new() { MostConnections = BenchPlan.Connections, MostBytes = 32 * 1024 * 1024 };

    private readonly BoardFlags _boards = new();
    private readonly GrafanaFlags _grafana = new();

    private readonly Option<TimeSpan?[]> _ranges = new("--range")
    {
        Description = "Length of the time shown; may be repeated [default: 1h, 6h, 24h, 7d, and benchmarks.dashboard_load.time_range]",
        HelpName = "DURATION",
        CustomParser = result => [.. result.Tokens.Select(token => Range(token.Value, result))],
    };

    private readonly Option<int> _repeat = new("--repeat")
    {
        Description = $"Loads after the first one, which is the cold one [default: {UsualRepeat}]",
        HelpName = "N",
        CustomParser = Flags.WholeNumber(1, 1000, value => (int)value),
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Where to write a report; the same as JSON goes beside it",
        HelpName = "FILE.html",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public DashboardsBenchCommand(SharedOptions shared)
        : base("bench", "Load dashboards as a browser does, and hold the times against benchmarks.dashboard_load and query_performance", shared)
    {
        _boards.AddTo(this);
        _grafana.AddTo(this);
        foreach (var option in new Option[] { _ranges, _repeat, _output }) Options.Add(option);
    }

    /// <inheritdoc />
    protected override IReadOnlyList<Setting> OwnSettings => _grafana.Settings;

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        _boards.Check(parse, terminal, config, problems);
        _grafana.Check(parse, config, problems);
        if (Flags.Token(parse, _output) is { } output && !Flags.NamesFile(output, ".html"))
            problems.Add($"--output: '{output}' does not end in .html; the JSON is named after it");
        if (config is not null && _boards.Prometheus(parse, terminal) is null && problems.Count == 0 && _grafana.Address(parse, config) is null)
            problems.Add($"what to ask is not said: add --prometheus URL, set {PrometheusAddress.Variable}, or add --grafana URL");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        using var prometheus = _boards.Prometheus(invocation.Parse, invocation.Terminal) is { } address ? new PrometheusClient(address, Limits) : null;
        using var grafana = _grafana.Address(invocation.Parse, invocation.Config) is { } where ? new GrafanaClient(where, invocation.Config.Document.Integrations.Grafana.ApiKey, Limits) : null;
        try
        {
            var boards = await new BoardLoading(invocation, _boards).LoadAsync(grafana, stop);
            if (boards is null) return ExitCodes.BadInput;
            if (prometheus is not null) await prometheus.ReadyAsync(stop);
            using var servers = await BenchServers.OpenAsync(prometheus, grafana, stop);
            var plan = Plan(invocation, boards);
            var files = Flags.Token(invocation.Parse, _output) is { } output ? new BenchFiles(output) : null;
            files?.Prepare();
            var report = await BenchProgress.WatchAsync(invocation, progress => new BoardBench(plan, progress).RunAsync(servers.All, stop));
            foreach (var path in files?.Write(report) ?? []) await invocation.Terminal.Error.WriteLineAsync($"wrote {path}");
            if (invocation.Json) invocation.Terminal.Write(Json.Text(report));
            else invocation.Terminal.Render(invocation.NoColor, console => BenchTables.Draw(console, report));
            return report.Passed ? ExitCodes.Ok : ExitCodes.NegativeVerdict;
        }
        catch (PrometheusException failure)
        {
            await invocation.Terminal.Error.WriteLineAsync($"metricssim: {failure.Message}");
            return ExitCodes.MissingDependency;
        }
    }

    private BenchPlan Plan(Invocation invocation, IReadOnlyList<Dashboard> boards)
    {
        var targets = invocation.Config.Document.Benchmarks;
        var judged = targets.DashboardLoad.TimeRange;
        TimeSpan[] ranges = invocation.Parse.GetValue(_ranges) is { Length: > 0 } given ? [.. given.Select(range => range!.Value)] : [.. UsualRanges, judged];
        if (!ranges.Contains(judged))
            invocation.Terminal.Error.WriteLine($"warning: no dashboard is held against dashboard_load.target_time, which counts at {DurationText.Format(judged)}: add --range {DurationText.Format(judged)}");
        foreach (var board in boards.Where(board => board.Panels.Count > targets.DashboardLoad.Panels))
            invocation.Terminal.Error.WriteLine($"warning: {board.Source}: has {board.Panels.Count} panels, more than the {targets.DashboardLoad.Panels} of benchmarks.dashboard_load.panels");
        return new BenchPlan
        {
            Dashboards = boards,
            Ranges = [.. ranges.Distinct().Order()],
            To = _boards.To(invocation.Parse, invocation.Config),
            Repeat = invocation.Parse.GetValue(_repeat) is > 0 and var repeat ? repeat : UsualRepeat,
            ScrapeInterval = _boards.Interval(invocation.Parse),
            Given = _boards.Variables(invocation.Parse),
            Targets = targets,
        };
    }

    private static TimeSpan? Range(string text, System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DurationText.TryParse(text, out var range) && range >= TimeSpan.FromSeconds(1) && range <= LongestRange) return range;
        result.AddError($"--range: '{text}' is not a duration from 1s to {DurationText.Format(LongestRange)}");
        return null;
    }
}
