using System.CommandLine;

namespace MetricsSim.Cli;

/// <summary>A command that sees the terminal, and its own command line with whatever is wrong in it.</summary>
internal abstract class TerminalCommand : Command
{
    /// <summary>Makes the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">One sentence for help.</param>
    protected TerminalCommand(string name, string description)
        : base(name, description)
    {
        // The parser takes a command without an action for one that has to be followed by one of those below it.
        SetAction(static _ => { });
    }

    /// <summary>Checks everything, then does it.</summary>
    /// <param name="parse">The command line, maybe with errors.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="stop">Cancelled to interrupt it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public abstract Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken stop);
}
