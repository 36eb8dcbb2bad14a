using MetricsSim.Hosting;
using Spectre.Console;

namespace MetricsSim.Cli.Live;

/// <summary>A bar while a resumed run catches up with its clock.</summary>
internal static class CatchUpBar
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows it as long as there is something to catch up with.</summary>
    /// <param name="console">Draws it.</param>
    /// <param name="loop">The world's loop.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>A task that ends without failing.</returns>
    public static async Task ShowAsync(IAnsiConsole console, SimulationLoop loop, CancellationToken stop)
    {
        if (loop.CatchingUp is null) return;
        using var timer = new PeriodicTimer(Refresh);
        try
        {
            await console.Progress().AutoClear(true).StartAsync(async view =>
            {
                var bar = view.AddTask("catching up");
                while (loop.CatchingUp is { } progress && !loop.IsStopped)
                {
                    bar.MaxValue = Math.Max(1, progress.Target - progress.From);
                    bar.Value = progress.Tick - progress.From;
                    await timer.WaitForNextTickAsync(stop);
                }
            });
        }
        catch (OperationCanceledException)
        {
            // The daemon ends; nothing is left to show.
        }
    }
}
