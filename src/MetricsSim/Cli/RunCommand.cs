using System.CommandLine;
using MetricsSim.Analysis.Runs;
using MetricsSim.Api;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exports;
using MetricsSim.Hosting;
using MetricsSim.Reports;

namespace MetricsSim.Cli;

/// <summary><c>run</c>: plays scenarios in virtual time, each in a world of its own, and judges them by their assertions.</summary>
internal sealed class RunCommand : CliCommand
{
    private const string DefaultDirectory = "test_results";

    private readonly Argument<string[]> _ids = new("ID") { Description = "Scenarios to play; see 'metricssim scenarios list'", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "Play every scenario of the catalogue" };
    private readonly Option<bool> _concurrent = new("--concurrent") { Description = "Play them side by side, a thread each; the results are the same" };

    private readonly Option<string> _output = new("--output")
    {
        Description = $"Where to write the results; other files go beside it [default: {DefaultDirectory}/ID.json, or run.json for several]",
        HelpName = "FILE.json",
    };

    private readonly ExportFlags _export = new();

    private readonly PlayFlags _play = new();

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public RunCommand(SharedOptions shared)
        : base("run", "Play scenarios in virtual time, judge them by their assertions, and write the results", shared)
    {
        Arguments.Add(_ids);
        foreach (var option in new Option[] { _all, _concurrent, _output, Users }) Options.Add(option);
        _play.AddTo(this);
        _export.AddTo(this);
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

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
        if (Flags.Token(parse, _output) is { } output && !(output.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(output).Length > ".json".Length))
            problems.Add($"--output: '{output}' does not end in .json; the other files are named after it");
        _play.Duration(parse, terminal.Variable, problems);
        if (config is null) return;
        _export.Check(parse, config, problems);
        if (all && config.World.Scenarios.Count == 0) problems.Add("--all: the configuration has no scenario");
        foreach (var id in all ? [] : ids.Where(id => !config.World.Scenarios.ContainsKey(id))) problems.Add(ScenarioOptions.UnknownScenario(id, config));
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        var ids = Chosen(invocation.Parse, invocation.Config);
        var start = new StartSimulation(ids[0])
        {
            Duration = _play.Duration(invocation.Parse, invocation.Terminal.Variable, []),
            Compress = _play.Compress(invocation.Parse) ?? 1,
        };
        var output = invocation.Parse.GetValue(_output) ?? Path.Combine(DefaultDirectory, ids.Count == 1 ? $"{ids[0]}.json" : "run.json");
        var files = new ReportFiles(output);
        files.Prepare();

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
                var lanes = concurrent ? SerialLane.Instance : ThreadLanes.For(invocation.Threads, invocation.Config.World.Population.Total);
                using var _ = lanes as IDisposable;
                var play = start with { ScenarioId = ids[i] };
                using var exporter = export ? new RunExporter(invocation.Config, play, given) : null;
                var run = ScenarioPlayer.Play(invocation.Config.World, play, lanes, share => progress(i, share), exporter?.Watch, given);
                runs[i] = JudgedRun.Of(run);
                exported[i] = exporter?.Publish() ?? [];
                return ValueTask.CompletedTask;
            });
        });

        foreach (var path in files.Write(runs).Concat(exported.SelectMany(paths => paths))) await invocation.Terminal.Error.WriteLineAsync($"wrote {path}");
        if (invocation.Json) invocation.Terminal.Write(Json.Text(RunJson.Of(runs, withSeries: false)));
        else invocation.Terminal.Render(invocation.NoColor, console => RunTable.Draw(console, runs));
        return runs.All(run => run.Passed) ? ExitCodes.Ok : ExitCodes.NegativeVerdict;
    }

    private IReadOnlyList<string> Ids(ParseResult parse) => parse.GetResult(_ids) is { } result ? [.. result.Tokens.Select(token => token.Value)] : [];

    private IReadOnlyList<string> Chosen(ParseResult parse, SimulatorConfig config) =>
        parse.GetValue(_all) ? [.. config.World.Scenarios.Keys.Order(StringComparer.Ordinal)] : Ids(parse);
}
