using System.CommandLine;
using MetricsSim.Analysis.Runs;
using MetricsSim.Cli.OnDaemon;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exports;
using MetricsSim.Hosting;
using MetricsSim.Judging;
using MetricsSim.Prometheus;
using MetricsSim.Reports;

namespace MetricsSim.Cli;

/// <summary>
/// <c>run</c>: plays scenarios in virtual time, each in a world of its own, or on a daemon, and judges them by their assertions.
/// </summary>
internal sealed class RunCommand : CliCommand
{
    private const string DefaultDirectory = "test_results";

    private readonly Argument<string[]> _ids = new("ID") { Description = "Scenarios to play; see 'metricssim scenarios list'", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "Play every scenario of the catalogue" };

    private readonly Option<bool> _concurrent = new("--concurrent")
    {
        Description = "Play them side by side, a thread each: the results are the same; with --live, at once on the one daemon",
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = $"Where to write the results; other files go beside it [default: {DefaultDirectory}/ID.json, or run.json for several]",
        HelpName = "FILE.json",
    };

    private readonly ExportFlags _export = new();

    private readonly PlayFlags _play = new();

    private readonly LiveFlags _servers = new();

    private readonly SharedOptions _shared;

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public RunCommand(SharedOptions shared)
        : base("run", "Play scenarios in virtual time, or on a daemon, judge them by their assertions, and write the results", shared)
    {
        _shared = shared;
        Arguments.Add(_ids);
        foreach (var option in new Option[] { _all, _concurrent, _output, Users, Shard }) Options.Add(option);
        _play.AddTo(this);
        _export.AddTo(this);
        _servers.AddTo(this);
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

    /// <inheritdoc />
    protected override Option<string> Shard { get; } = SharedOptions.Shard();

    /// <inheritdoc />
    protected override IReadOnlyList<Setting> OwnSettings => _export.Settings;

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        var all = parse.GetValue(_all);
        var ids = Ids(parse);
        if (all && ids.Count > 0) problems.Add("--all plays every scenario: name none beside it");
        if (!all && ids.Count == 0) problems.Add("no scenario is named: add an ID, or --all");
        foreach (var twice in ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1)) problems.Add($"'{twice.Key}' is named twice");
        if (Flags.Token(parse, _output) is { } output && !Flags.NamesFile(output, ".json"))
            problems.Add($"--output: '{output}' does not end in .json; the other files are named after it");
        _play.Duration(parse, terminal.Variable, problems);
        _servers.Check(parse, terminal, [Users, Shard, _shared.Config, _shared.Threads, .. _export.Options], problems);
        if (config is null || _servers.IsLive(parse)) return;
        _export.Check(parse, config, problems);
        if (all && config.World.Scenarios.Count == 0) problems.Add("--all: the configuration has no scenario");
        foreach (var id in all ? [] : ids.Where(id => !config.World.Scenarios.ContainsKey(id))) problems.Add(ScenarioOptions.UnknownScenario(id, config));
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        var live = _servers.IsLive(invocation.Parse);
        if (!live) invocation.PrintWarnings();
        var all = invocation.Parse.GetValue(_all);
        var ids = live && all ? [] : Chosen(invocation.Parse, invocation.Config);
        var output = invocation.Parse.GetValue(_output) ?? Path.Combine(DefaultDirectory, ids.Count == 1 ? $"{ids[0]}.json" : "run.json");
        var files = new ReportFiles(output);
        files.Prepare();
        try
        {
            var runs = live ? await PlayLiveAsync(invocation, all ? null : ids, stop) : await PlayAsync(invocation, ids, stop);
            foreach (var path in files.Write(runs)) await invocation.Terminal.Error.WriteLineAsync($"wrote {path}");
            if (invocation.Json) invocation.Terminal.Write(Json.Text(RunJson.Of(runs, withSeries: false)));
            else invocation.Terminal.Render(invocation.NoColor, console => RunTable.Draw(console, runs));
            return runs.All(run => run.Passed) ? ExitCodes.Ok : ExitCodes.NegativeVerdict;
        }
        catch (Exception e) when (LiveExecution.Explains(e, out _, out _))
        {
            LiveExecution.Explains(e, out var code, out var lines);
            foreach (var line in lines) await invocation.Terminal.Error.WriteLineAsync($"metricssim: {line}");
            return code;
        }
    }

    private async Task<IReadOnlyList<JudgedRun>> PlayAsync(Invocation invocation, IReadOnlyList<string> ids, CancellationToken stop)
    {
        using var prometheus = _servers.Prometheus(invocation.Parse, invocation.Terminal) is { } address ? new PrometheusClient(address) : null;
        if (prometheus is not null) await prometheus.ReadyAsync(stop);
        var start = new StartSimulation(ids[0])
        {
            Duration = _play.Duration(invocation.Parse, invocation.Terminal.Variable, []),
            Compress = _play.Compress(invocation.Parse) ?? 1,
        };
        var runs = new JudgedRun[ids.Count];
        var exported = new IReadOnlyList<string>[ids.Count];
        var export = _export.Wanted(invocation.Parse, invocation.Config);
        var concurrent = invocation.Parse.GetValue(_concurrent);
        await RunProgress.WatchAsync(invocation, ids, async progress =>
        {
            var side = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = concurrent ? Environment.ProcessorCount : 1 };
            await Parallel.ForAsync(0, ids.Count, side, (i, given) =>
            {
                // Worlds that run side by side share the processors already.
                var lanes = concurrent ? SerialLane.Instance : ThreadLanes.For(invocation.Threads, invocation.Config.World);
                using var _ = lanes as IDisposable;
                var play = start with { ScenarioId = ids[i] };
                using var exporter = export ? new RunExporter(invocation.Config, play, given) : null;
                var run = ScenarioPlayer.Play(invocation.Config.World, play, lanes, share => progress(i, share), exporter?.Watch, given);
                runs[i] = JudgedRun.Of(run);
                exported[i] = exporter?.Publish() ?? [];
                return ValueTask.CompletedTask;
            });
        });

        foreach (var path in exported.SelectMany(paths => paths)) await invocation.Terminal.Error.WriteLineAsync($"wrote {path}");
        if (prometheus is null) return runs;
        var check = new HistoryCheck(prometheus, _servers.Match(invocation.Parse));
        for (var i = 0; i < runs.Length; i++) runs[i] = await check.AddAsync(runs[i], stop);
        return runs;
    }

    private Task<IReadOnlyList<JudgedRun>> PlayLiveAsync(Invocation invocation, IReadOnlyList<string>? ids, CancellationToken stop)
    {
        var seeded = Flags.Token(invocation.Parse, _shared.Seed) is not null || invocation.Terminal.Variable("SEED") is { Length: > 0 };
        var request = new LiveRequest
        {
            Ids = ids,
            Concurrent = invocation.Parse.GetValue(_concurrent),
            Duration = _play.Duration(invocation.Parse, invocation.Terminal.Variable, []),
            Compress = _play.Compress(invocation.Parse),
            Seed = seeded ? invocation.Config.World.Seed : null,
            Match = _servers.Match(invocation.Parse),
        };
        return LiveExecution.RunAsync(invocation, _servers, request, stop);
    }

    private IReadOnlyList<string> Ids(ParseResult parse) => parse.GetResult(_ids) is { } result ? [.. result.Tokens.Select(token => token.Value)] : [];

    private IReadOnlyList<string> Chosen(ParseResult parse, SimulatorConfig config) =>
        parse.GetValue(_all) ? [.. config.World.Scenarios.Keys.Order(StringComparer.Ordinal)] : Ids(parse);
}
