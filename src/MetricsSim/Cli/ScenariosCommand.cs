using System.CommandLine;

namespace MetricsSim.Cli;

/// <summary><c>scenarios</c>: the catalogue.</summary>
internal sealed class ScenariosCommand : Command
{
    /// <summary>Makes the command and those below it.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public ScenariosCommand(SharedOptions shared)
        : base("scenarios", "Look at the catalogue of scenarios")
    {
        Subcommands.Add(new ScenariosListCommand(shared));
        Subcommands.Add(new ScenariosShowCommand(shared));
    }
}
