using System.CommandLine;
using MetricsSim.Cli.Live;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Cli;

/// <summary><c>serve</c>: the daemon, with a live view when a person watches.</summary>
internal sealed class ServeCommand : CliCommand
{
    private const string DefaultGroundTruth = "./.metricssim/ground-truth.json";
    private const string NoJournal = "off";

    private readonly ScenarioOptions _scenario = new();
    private readonly Option<string> _speed = Override("--speed", "X", "Run the whole world X times faster than the wall clock [default: simulation.speed]");
    private readonly Option<string> _host = Override("--host", "ADDRESS", "Address to bind [default: server.host]");
    private readonly Option<string> _port = Override("--port", "PORT", "Control port; 0 takes a free one [default: server.port]");
    private readonly Option<string> _metricsPort = Override("--metrics-port", "PORT", "Metrics port; 0 takes a free one [default: server.metrics_port]");
    private readonly Option<string> _journal = Override("--journal", "PATH|off", $"Where to keep the journal, from which --resume goes on [default: {JournalOptions.DefaultPath}]");
    private readonly Option<string> _groundTruth = new("--ground-truth")
    {
        HelpName = "PATH|off",
        Description = $"Where to keep the ground truth of what runs [default: {DefaultGroundTruth}]",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the run in the journal, where its clock would be by now" };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public ServeCommand(SharedOptions shared)
        : base("serve", "Simulate, and serve the metrics and the control API until interrupted", shared)
    {
        _scenario.AddTo(this);
        foreach (var option in new Option[] { Users, Shard, _speed, _host, _port, _metricsPort, _journal, _groundTruth, _resume }) Options.Add(option);
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

    /// <inheritdoc />
    protected override Option<string> Shard { get; } = SharedOptions.Shard();

    /// <inheritdoc />
    protected override IReadOnlyList<Setting> OwnSettings =>
    [
        new("simulation.speed", _speed, null), new("server.host", _host, null), new("server.port", _port, null),
        new("server.metrics_port", _metricsPort, null),
    ];

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        _scenario.Resolve(parse, terminal.Variable, config, problems);
        if (Flags.Token(parse, _groundTruth) is { } path && string.IsNullOrWhiteSpace(path)) problems.Add("--ground-truth: needs the path of a file, or off");
        if (parse.GetValue(_resume) && Flags.Token(parse, _journal) == NoJournal)
            problems.Add("--resume: goes on from a journal, and --journal off says that there is none");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        var config = invocation.Json ? invocation.Config with { Logging = invocation.Config.Logging with { Format = LogFormat.Json } } : invocation.Config;
        var initial = _scenario.Resolve(invocation.Parse, invocation.Terminal.Variable, config, []);
        invocation.PrintWarnings();
        var journal = Flags.Token(invocation.Parse, _journal) ?? JournalOptions.DefaultPath;
        var watched = invocation.Terminal.Interactive && !invocation.Json;

        await using var lines = new LinesAbove(invocation.Terminal.Error);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var view = Task.CompletedTask;
        var options = new DaemonOptions
        {
            Config = config,
            Initial = initial,
            Journal = journal == NoJournal ? null : new JournalOptions(journal, invocation.Parse.GetValue(_resume)),
            ShowsProgress = watched,
            Threads = invocation.Threads,
            GroundTruth = Flags.Token(invocation.Parse, _groundTruth) switch
            {
                null => DefaultGroundTruth,
                "off" => null,
                var path => path,
            },
            Error = lines,
            Started = daemon =>
            {
                if (watched) view = Watch(invocation, config, daemon, lines, ended.Token);
            },
        };
        try
        {
            return await Daemon.RunAsync(options, stop);
        }
        finally
        {
            await ended.CancelAsync();
            await view;
        }
    }

    private static Task Watch(Invocation invocation, SimulatorConfig config, DaemonHandle daemon, LinesAbove lines, CancellationToken stop)
    {
        // An address that stands for all interfaces is no place to point a browser at.
        var host = config.Server.Host is "*" or "0.0.0.0" or "::" ? "localhost" : config.Server.Host;
        host = host.Contains(':') ? $"[{host.Trim('[', ']')}]" : host;
        var subject = new LiveSubject(
            () => daemon.Loop.IsReady ? daemon.Loop.Status : null,
            () => TimeProvider.System.GetUtcNow() - daemon.Metrics.LastScrape,
            daemon.Loop.Clock.Speed,
            $"http://{host}:{daemon.Port}, metrics http://{host}:{daemon.MetricsPort}/metrics");
        var console = LiveView.ConsoleOn(invocation.Terminal, invocation.NoColor);
        return Task.Run(
            async () =>
            {
                await CatchUpBar.ShowAsync(console, daemon.Loop, stop);
                await new LiveView(console, subject).RunAsync(lines, stop);
            },
            CancellationToken.None);
    }

    private static Option<string> Override(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
