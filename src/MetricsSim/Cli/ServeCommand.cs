using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;

namespace MetricsSim.Cli;

/// <summary><c>serve</c>: the daemon, with a live view when a person watches.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly SharedOptions _shared;
    private readonly ScenarioOptions _scenario = new();
    private readonly Option<string> _speed = Override("--speed", "X", "Run the whole world X times faster than the wall clock [default: simulation.speed]");
    private readonly Option<string> _host = Override("--host", "ADDRESS", "Address to bind [default: server.host]");
    private readonly Option<string> _port = Override("--port", "PORT", "Control port; 0 takes a free one [default: server.port]");
    private readonly Option<string> _metricsPort = Override("--metrics-port", "PORT", "Metrics port; 0 takes a free one [default: server.metrics_port]");
    private readonly Option<string> _journal = Override("--journal", "PATH|off", "Where to keep the journal; not in effect yet");
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the journal; refused as long as there is none" };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public ServeCommand(SharedOptions shared)
        : base("serve", "Simulate, and serve the metrics and the control API until interrupted", shared)
    {
        _shared = shared;
        _scenario.AddTo(this);
        foreach (var option in new Option[] { Users, _speed, _host, _port, _metricsPort, _journal, _resume }) Options.Add(option);
    }

    /// <inheritdoc />
    protected override Option<string> Users { get; } = SharedOptions.Users();

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
        if (parse.GetResult(_resume) is not null)
            problems.Add("--resume: there is nothing to resume from: this version keeps no journal; start without --resume for a new run");
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        var config = invocation.Json ? invocation.Config with { Logging = invocation.Config.Logging with { Format = LogFormat.Json } } : invocation.Config;
        var initial = _scenario.Resolve(invocation.Parse, invocation.Terminal.Variable, config, []);
        invocation.PrintWarnings();
        if (Flags.Token(invocation.Parse, _journal) is { } journal and not "off")
            await invocation.Terminal.Error.WriteLineAsync($"warning: --journal {journal}: not in effect yet: nothing is written there");

        var options = new DaemonOptions
        {
            Config = config,
            Initial = initial,
            Threads = invocation.Threads,
            Started = daemon => Announce(invocation, config, initial, daemon),
        };
        return await Daemon.RunAsync(options, stop);
    }

    private static void Announce(Invocation invocation, SimulatorConfig config, StartSimulation? initial, DaemonHandle daemon)
    {
        if (invocation.Json) return;
        var host = config.Server.Host is "*" or "0.0.0.0" or "::" ? "localhost" : config.Server.Host;
        var error = invocation.Terminal.Error;
        error.WriteLine($"control   http://{host}:{daemon.Port}");
        error.WriteLine($"metrics   http://{host}:{daemon.MetricsPort}/metrics");
        error.WriteLine($"world     {config.World.Population.Total} users, seed {config.World.Seed}, from {config.World.Start:yyyy-MM-dd'T'HH:mm:sszzz}");
        error.WriteLine($"scenario  {initial?.ScenarioId ?? "none"}");
    }

    private static Option<string> Override(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
