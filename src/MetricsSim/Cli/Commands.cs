using System.CommandLine;
using MetricsSim.Cli.Cardinality;
using MetricsSim.Cli.Dashboards;

namespace MetricsSim.Cli;

/// <summary>What the program can do.</summary>
internal static class Commands
{
    /// <summary>Makes all commands, in the order of help.</summary>
    /// <param name="shared">The options that every command takes.</param>
    /// <returns>The commands below the root.</returns>
    public static IEnumerable<Command> All(SharedOptions shared) =>
    [
        new ServeCommand(shared),
        new ScenariosCommand(shared),
        new ValidateCommand(shared),
        new RenderCommand(shared),
        new RunCommand(shared),
        new BackfillCommand(shared),
        new LearnCommand(shared),
        new CardinalityCommand(shared),
        new DashboardsCommand(shared),
        new CtlCommand(shared),
    ];
}
