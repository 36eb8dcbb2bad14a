using System.CommandLine;
using System.CommandLine.Parsing;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary>
/// A command that works on the configuration. Whatever the command line, the environment and the file have wrong is reported at once,
/// before anything is done.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence for help.</param>
/// <param name="shared">The options that every command takes.</param>
internal abstract class CliCommand(string name, string description, SharedOptions shared) : TerminalCommand(name, description)
{
    /// <summary>The flag for the number of users, if the command has one.</summary>
    protected virtual Option<string>? Users => null;

    /// <summary>The flag for the shard, if the command has one.</summary>
    protected virtual Option<string>? Shard => null;

    /// <summary>What only this command's flags may set in the configuration.</summary>
    protected virtual IReadOnlyList<Setting> OwnSettings => [];

    private IEnumerable<Setting> Settings =>
    [
        new("simulation.seed", shared.Seed, "SEED"),
        new("users.total", Users, "USERS"),
        new("simulation.shard", Shard, null),
        new("logging.level", null, "LOG_LEVEL"),
        new("server.api_key", null, "METRICSSIM_API_KEY"),
        .. OwnSettings,
    ];

    /// <summary>The words that call a command.</summary>
    /// <param name="result">A parsed command.</param>
    /// <returns>E.g. <c>metricssim scenarios list</c>.</returns>
    public static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken stop)
    {
        var overrides = Settings.Select(setting => setting.Read(parse, terminal.Variable)).OfType<ConfigOverride>().ToList();
        var path = ConfigPath(parse, terminal);

        // Reading can't be cancelled: it goes on unseen while the program ends.
        var read = await Task.Run(() => ConfigLoader.Load(path, overrides), CancellationToken.None).WaitAsync(stop);

        var problems = parse.Errors.Select(error => error.Message).ToList();
        Check(parse, terminal, read.Config, problems);
        if (problems.Count > 0 || read.Config is null)
        {
            if (problems.Count == 0) return Refuse(parse, terminal, read);
            foreach (var problem in problems) terminal.Error.WriteLine($"metricssim: {problem}");
            foreach (var error in read.Errors) terminal.Error.WriteLine($"metricssim: {error}");
            terminal.Error.WriteLine($"See {PathOf(parse.CommandResult)} --help.");
            return ExitCodes.BadInput;
        }

        return await ExecuteAsync(
            new Invocation
            {
                Parse = parse,
                Terminal = terminal,
                Config = read.Config,
                Warnings = read.Warnings,
                Json = parse.GetValue(shared.Json),
                NoColor = parse.GetValue(shared.NoColor),
                Threads = parse.GetValue(shared.Threads),
            },
            stop);
    }

    /// <summary>The file the user named; null leaves it to the reader.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <returns>A path, which need not exist when the user named it.</returns>
    protected virtual string? ConfigPath(ParseResult parse, Terminal terminal)
    {
        if (Flags.Token(parse, shared.Config) is { } given) return given;
        if (terminal.Variable("CONFIG_FILE") is { Length: > 0 } path) return path;
        return null;
    }

    /// <summary>Adds what is wrong beyond what the parser and the configuration find.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    protected virtual void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
    }

    /// <summary>Answers a good command line with a bad configuration.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="read">With at least one error.</param>
    /// <returns><see cref="ExitCodes.BadInput"/>.</returns>
    protected virtual int Refuse(ParseResult parse, Terminal terminal, ConfigResult read)
    {
        foreach (var error in read.Errors) terminal.Error.WriteLine($"metricssim: {error}");
        return ExitCodes.BadInput;
    }

    /// <summary>Does it.</summary>
    /// <param name="invocation">What was asked.</param>
    /// <param name="stop">Cancelled to interrupt it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop);

    /// <summary>Reads a bool that this command took from the shared options.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>Whether results are machine-readable.</returns>
    protected bool WantsJson(ParseResult parse) => parse.GetValue(shared.Json);
}
