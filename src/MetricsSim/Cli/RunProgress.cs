using MetricsSim.Cli.Live;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>A bar for each scenario that is played, on standard error, when a person watches.</summary>
internal static class RunProgress
{
    /// <summary>Shows the bars while work is done.</summary>
    /// <param name="invocation">Where.</param>
    /// <param name="ids">One bar each.</param>
    /// <param name="work">Is given what takes the index of a bar and the share that is done; any thread may call it.</param>
    public static async Task WatchAsync(Invocation invocation, IReadOnlyList<string> ids, Func<Action<int, double>, Task> work)
    {
        // Off the caller's thread: playing is all computation, and an interrupt must be seen meanwhile.
        if (!invocation.Terminal.Interactive || invocation.Json)
        {
            await Task.Run(() => work((_, _) => { }));
            return;
        }

        await LiveView.ConsoleOn(invocation.Terminal, invocation.NoColor).Progress().AutoClear(true).Columns(Columns()).StartAsync(async view =>
        {
            var bars = ids.Select(id => view.AddTask(Markup.Escape(id), maxValue: 1)).ToList();
            await Task.Run(() => work((i, share) => bars[i].Value = share));
        });
    }

    private static ProgressColumn[] Columns() =>
        [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn()];
}
