using System.CommandLine;

namespace MetricsSim.Cli;

/// <summary>A command that sees the terminal, and its own command line with whatever is wrong in it.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence for help.</param>
internal abstract class TerminalCommand(string name, string description) : Command(name, description)
{
    /// <summary>Checks everything, then does it.</summary>
    /// <param name="parse">The command line, maybe with errors.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="stop">Cancelled to interrupt it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public abstract Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken stop);
}
