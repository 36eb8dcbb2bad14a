using System.CommandLine;

namespace MetricsSim.Cli;

/// <summary><c>ctl</c>: talks to a running daemon.</summary>
internal sealed class CtlCommand : Command
{
    /// <summary>Makes the command and those below it.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public CtlCommand(SharedOptions shared)
        : base("ctl", "Look at a running daemon and change what it does; METRICSSIM_API_KEY is its key, if it needs one")
    {
        var options = new CtlOptions(shared);
        Options.Add(options.Url);
        CtlVerb[] verbs = [.. CtlOperator.Verbs(options), .. CtlSimulations.Verbs(options), .. CtlFaults.Verbs(options), CtlEvents.Verb(options)];
        foreach (var verb in verbs) Subcommands.Add(verb);
    }
}

/// <summary>The options of <c>ctl</c> commands.</summary>
/// <param name="shared">The options that every command takes.</param>
internal sealed class CtlOptions(SharedOptions shared)
{
    /// <summary>Where the daemon is unless told.</summary>
    public const string DefaultUrl = "http://localhost:8000";

    /// <summary>The options that every command takes.</summary>
    public SharedOptions Shared { get; } = shared;

    /// <summary>The daemon's control port.</summary>
    public Option<string> Url { get; } = new("--url")
    {
        Description = $"Control port of the daemon [default: {DefaultUrl}]",
        HelpName = "URL",
        Recursive = true,
    };
}
