using System.CommandLine;

namespace MetricsSim.Cli.Dashboards;

/// <summary><c>dashboards</c>: what can be done with dashboards of Grafana.</summary>
internal sealed class DashboardsCommand : Command
{
    /// <summary>Makes the command and those below it.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public DashboardsCommand(SharedOptions shared)
        : base("dashboards", "Draw and measure dashboards of Grafana")
    {
        Subcommands.Add(new DashboardsRenderCommand(shared));
        Subcommands.Add(new DashboardsBenchCommand(shared));
    }
}
