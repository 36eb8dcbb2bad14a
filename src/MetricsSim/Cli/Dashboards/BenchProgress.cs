using MetricsSim.Cli.Live;
using MetricsSim.Dashboards.Benchmarks;
using Spectre.Console;

namespace MetricsSim.Cli.Dashboards;

/// <summary>A bar on standard error that says how far the loads are, when a person watches.</summary>
internal static class BenchProgress
{
    /// <summary>Shows the bar while work is done.</summary>
    /// <param name="invocation">Where.</param>
    /// <param name="work">Is given what takes what is done next, how much is done, and how much there is.</param>
    public static async Task<BenchReport> WatchAsync(Invocation invocation, Func<Action<string, int, int>, Task<BenchReport>> work)
    {
        if (!invocation.Terminal.Interactive || invocation.Json) return await work((_, _, _) => { });
        return await LiveView.ConsoleOn(invocation.Terminal, invocation.NoColor).Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async view =>
            {
                var bar = view.AddTask("loading");
                return await work((next, done, total) =>
                {
                    bar.Description = Markup.Escape(next);
                    (bar.MaxValue, bar.Value) = (total, done);
                });
            });
    }
}
