using System.CommandLine;
using System.Diagnostics;
using MetricsSim.Backfill;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli;

/// <summary><c>backfill</c>: makes history, as long as wanted, in a format that a Prometheus takes.</summary>
internal sealed class BackfillCommand : CliCommand
{
    private readonly BackfillSpan _span = new();
    private readonly BackfillFormat _format = new();
    private readonly BackfillLabels _labels = new();

    private readonly Option<string> _scenario = new("--scenario")
    {
        Description = "Play this scenario from the start; see 'metricssim scenarios list' [env: SCENARIO]",
        HelpName = "ID",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public BackfillCommand(SharedOptions shared)
        : base("backfill", "Make history: blocks of a Prometheus database, OpenMetrics text, or samples sent by remote write", shared)
    {
        _span.AddTo(this);
        Options.Add(_scenario);
        _format.AddTo(this);
        _labels.AddTo(this);
        Options.Add(Users);
        Options.Add(Shard);
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

    /// <inheritdoc />
    protected override Option<string> Shard { get; } = SharedOptions.Shard();

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        _span.Resolve(parse, config, problems);
        _labels.Resolve(parse, problems);
        _format.Check(parse, config, problems);
        if (config is null || Scenario(parse, terminal) is not var (id, origin)) return;
        if (!config.World.Scenarios.ContainsKey(id)) problems.Add($"{origin}: {ScenarioOptions.UnknownScenario(id, config)}");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        try
        {
            await MakeAsync(invocation, stop);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is PrometheusException or HistoryRefusedException or BadOptionException)
        {
            await invocation.Terminal.Error.WriteLineAsync($"metricssim: {exception.Message}");
            return exception switch
            {
                HistoryRefusedException refused => refused.ExitCode,
                BadOptionException => ExitCodes.BadInput,
                _ => ExitCodes.MissingDependency,
            };
        }
    }

    private async Task MakeAsync(Invocation invocation, CancellationToken stop)
    {
        var parse = invocation.Parse;
        var span = _span.Resolve(parse, invocation.Config, [])!;
        var guide = await GuideAsync(parse, span, stop);
        foreach (var warning in guide?.Warnings ?? []) await invocation.Terminal.Error.WriteLineAsync($"warning: {warning}");
        var watch = Stopwatch.StartNew();
        HistoryTotals? totals = null;
        await RunProgress.WatchAsync(invocation, ["backfill"], progress =>
        {
            totals = Make(invocation, span, share => progress(0, share), stop);
            return Task.CompletedTask;
        });
        var report = new BackfillReport(span, _format.Name(parse), Place(invocation), totals!, watch.Elapsed);
        var text = invocation.Json ? report.Json(guide) : report.Text(guide);
        // Text on standard output leaves no place there for anything else.
        if (_format.IsText(parse) && _format.Output(parse) == BackfillFormat.StandardOutput) await invocation.Terminal.Error.WriteAsync(text);
        else invocation.Terminal.Write(text);
    }

    private async Task<MountGuide?> GuideAsync(ParseResult parse, HistorySpan span, CancellationToken stop)
    {
        if (_format.Into(parse) is not { } address) return null;
        using var client = new PrometheusClient(address);
        return await MountGuide.AskAsync(client, span, _format.BlockLength(parse), _labels.Resolve(parse, []), stop);
    }

    private string Place(Invocation invocation) =>
        _format.IsSent(invocation.Parse) ? _format.Receiver(invocation.Parse, invocation.Config).Url.ToString() : _format.Output(invocation.Parse);

    private HistoryTotals Make(Invocation invocation, HistorySpan span, Action<double> progress, CancellationToken stop)
    {
        var parse = invocation.Parse;
        var work = new BackfillWork
        {
            Terminal = invocation.Terminal,
            World = invocation.Config.World with { Start = span.Start },
            Scenario = Scenario(parse, invocation.Terminal)?.Id,
            Span = span,
            Labels = _labels.Resolve(parse, []),
            Threads = invocation.Threads,
            Progress = progress,
        };
        if (_format.IsText(parse)) return work.ToText(_format.Output(parse), stop);
        return _format.IsSent(parse)
            ? work.ToReceiver(_format.Receiver(parse, invocation.Config), _format.Patience(parse), stop)
            : work.ToBlocks(_format.Output(parse), _format.BlockLength(parse), stop);
    }

    private (string Id, string Origin)? Scenario(ParseResult parse, Terminal terminal)
    {
        if (Flags.Token(parse, _scenario) is { } given) return (given, _scenario.Name);
        return terminal.Variable("SCENARIO") is { Length: > 0 } id ? (id, "SCENARIO") : null;
    }
}
