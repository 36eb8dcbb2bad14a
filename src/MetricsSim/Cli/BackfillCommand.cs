using System.CommandLine;
using System.Diagnostics;
using MetricsSim.Backfill;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exports;
using MetricsSim.Hosting;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Cli;

/// <summary><c>backfill</c>: makes history, as long as wanted, in a format that a Prometheus takes.</summary>
internal sealed class BackfillCommand : CliCommand
{
    private const string Blocks = "blocks";
    private const string OpenMetrics = "openmetrics";
    private const string DefaultDirectory = "data";
    private const string StandardOutput = "-";

    private readonly BackfillSpan _span = new();
    private readonly BackfillLabels _labels = new();

    private readonly Option<string> _scenario = new("--scenario")
    {
        Description = "Play this scenario from the start; see 'metricssim scenarios list' [env: SCENARIO]",
        HelpName = "ID",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "blocks (of a Prometheus database) or openmetrics (text for promtool)",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Blocks,
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = $"Data directory that blocks are added to, or file for text [default: {DefaultDirectory}, or {StandardOutput} for standard output]",
        HelpName = "PATH",
    };

    private readonly Option<TimeSpan?> _maxBlock = new("--max-block-duration")
    {
        Description = "Longest block; blocks are the longest of 2h, 6h, 18h, 54h ... within it [default: 2h]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public BackfillCommand(SharedOptions shared)
        : base("backfill", "Make history: blocks of a Prometheus database, or OpenMetrics text", shared)
    {
        _format.AcceptOnlyFromAmong(Blocks, OpenMetrics);
        _span.AddTo(this);
        foreach (var option in new Option[] { _scenario, _format, _output, _maxBlock }) Options.Add(option);
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
        if (Flags.Token(parse, _output) is { Length: 0 }) problems.Add("--output: a path is empty");
        if (Flags.Token(parse, _maxBlock) is not null && Flags.Token(parse, _format) is not null and not Blocks)
            problems.Add("--max-block-duration: only blocks have a length: leave it out, or --format");
        if (Flags.ValueUnlessBad(parse, _maxBlock) is { TotalMilliseconds: < BlockRange.Shortest })
            problems.Add("--max-block-duration: the shortest block of Prometheus has 2h");
        if (config is null || Scenario(parse, terminal) is not var (id, origin)) return;
        if (!config.World.Scenarios.ContainsKey(id)) problems.Add($"{origin}: {ScenarioOptions.UnknownScenario(id, config)}");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        var span = _span.Resolve(invocation.Parse, invocation.Config, [])!;
        var options = invocation.Config.World with { Start = span.Start };
        var output = invocation.Parse.GetValue(_output) ?? (WantsText(invocation.Parse) ? StandardOutput : DefaultDirectory);
        var watch = Stopwatch.StartNew();
        HistoryTotals? totals = null;
        await RunProgress.WatchAsync(invocation, ["backfill"], progress =>
        {
            totals = Make(invocation, options, span, output, share => progress(0, share), stop);
            return Task.CompletedTask;
        });
        var report = new BackfillReport(span, output, totals!, watch.Elapsed);
        // Text on standard output leaves no place there for anything else.
        if (output == StandardOutput) await invocation.Terminal.Error.WriteAsync(invocation.Json ? report.Json() : report.Text());
        else invocation.Terminal.Write(invocation.Json ? report.Json() : report.Text());
        return ExitCodes.Ok;
    }

    private bool WantsText(ParseResult parse) => parse.GetValue(_format) == OpenMetrics;

    private HistoryTotals Make(Invocation invocation, WorldOptions options, HistorySpan span, string output, Action<double> progress, CancellationToken stop)
    {
        var lanes = ThreadLanes.For(invocation.Threads, options);
        using var _ = lanes as IDisposable;
        var labels = _labels.Resolve(invocation.Parse, []);
        if (WantsText(invocation.Parse))
        {
            using var file = Open(output);
            var target = file?.Stream;
            var world = Start(invocation, options, lanes);
            var history = new PageHistory(world.Layout, labels, options.Telemetry.Created, bytes =>
            {
                if (target is null) invocation.Terminal.Write(bytes.Span);
                else OutputException.Guard(() => target.Write(bytes.Span));
            });
            var totals = HistoryPlayer.Play(world, span, history, progress, stop);
            OutputException.Guard(() =>
            {
                file?.Complete();
                file?.Publish();
            });
            return totals;
        }
        else
        {
            var directory = new BlockDirectory(output);
            directory.Prepare();
            if (directory.CountBetween(span.FirstMilliseconds, span.LastMilliseconds + 1) is > 0 and var there)
                invocation.Terminal.Error.WriteLine($"warning: {output} has {(there == 1 ? "a block" : $"{there} blocks")} of this time already: Prometheus merges what overlaps");
            var world = Start(invocation, options, lanes);
            // Encoding is worth sharing between threads however small the population is.
            var encoders = ThreadLanes.For(invocation.Threads);
            using var __ = encoders as IDisposable;
            var length = BlockRange.LengthWithin((long)(invocation.Parse.GetValue(_maxBlock) ?? TimeSpan.Zero).TotalMilliseconds);
            var history = new BlockHistory(world.Layout, labels, options.Telemetry.Created, span, length, directory, encoders, stop);
            return HistoryPlayer.Play(world, span, history, progress, stop);
        }
    }

    private static PendingFile? Open(string output)
    {
        if (output == StandardOutput) return null;
        PendingFile? file = null;
        OutputException.Guard(() => file = new PendingFile(output, gzip: false));
        return file;
    }

    private World Start(Invocation invocation, WorldOptions options, ILanes lanes)
    {
        var world = new World(options, lanes);
        if (Scenario(invocation.Parse, invocation.Terminal) is not var (id, _)) return world;
        if (world.Apply(new StartSimulation(id)) is { Applied: false, Detail: var detail }) throw new InvalidOperationException(detail);
        return world;
    }

    private (string Id, string Origin)? Scenario(ParseResult parse, Terminal terminal)
    {
        if (Flags.Token(parse, _scenario) is { } given) return (given, _scenario.Name);
        return terminal.Variable("SCENARIO") is { Length: > 0 } id ? (id, "SCENARIO") : null;
    }
}
