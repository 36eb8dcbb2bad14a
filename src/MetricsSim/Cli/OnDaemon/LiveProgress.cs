using System.Globalization;
using MetricsSim.Cli.Live;
using MetricsSim.Configuration;
using Spectre.Console;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>A bar for each scenario that a daemon plays, on standard error, when a person watches; lines go above it.</summary>
internal static class LiveProgress
{
    /// <summary>Shows it while work is done.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="invocation">Where.</param>
    /// <param name="work">Is given what takes lines, and what takes how a simulation is.</param>
    /// <returns>What the work came to.</returns>
    public static async Task<T> WatchAsync<T>(Invocation invocation, Func<Action<string>, Action<LiveSimulation, DaemonClock>, Task<T>> work)
    {
        await using var lines = new LinesAbove(invocation.Terminal.Error);
        void Tell(string line) => lines.Write(line + "\n");
        if (!invocation.Terminal.Interactive || invocation.Json) return await work(Tell, (_, _) => { });

        var console = LiveView.ConsoleOn(invocation.Terminal, invocation.NoColor);
        lines.Attach(console);
        try
        {
            return await console.Progress().AutoClear(true).StartAsync(view =>
            {
                var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                return work(Tell, (simulation, clock) =>
                {
                    var id = simulation.Run.SimulationId;
                    var text = Markup.Escape(Text(simulation, clock));
                    if (!bars.TryGetValue(id, out var bar)) bars[id] = bar = view.AddTask(text, maxValue: 1);
                    bar.Value = simulation.Latest!.Progress;
                    bar.Description = text;
                });
            });
        }
        finally
        {
            lines.Attach(null);
        }
    }

    /// <summary>How a simulation is, in a line: events, the next one, faults, when it will be done.</summary>
    /// <param name="simulation">The simulation, as last seen.</param>
    /// <param name="clock">How the daemon's clock runs.</param>
    /// <returns>The line.</returns>
    public static string Text(LiveSimulation simulation, DaemonClock clock)
    {
        var latest = simulation.Latest!;
        var parts = new List<string> { $"{simulation.Run.Scenario.Id}  {latest.EventsFired} of {simulation.Run.Plan.Events.Count} events" };
        if (latest.Next is { } next) parts.Add($"{next.Event} in {Span(next.At - clock.Simulated)}");
        if (latest.ActiveFaults > 0) parts.Add($"{latest.ActiveFaults} {(latest.ActiveFaults == 1 ? "fault" : "faults")}");
        if (!latest.IsRunning) parts.Add("waiting for the last scrape");
        else if (clock.Paused) parts.Add("paused");
        else parts.Add($"done in {Span((latest.EndsAt - clock.Simulated) / clock.Speed)}" + (clock.Speed == 1 ? "" : $" at speed {clock.Speed.ToString("0.###", CultureInfo.InvariantCulture)}"));
        return string.Join(", ", parts);
    }

    private static string Span(TimeSpan span) => DurationText.Format(TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling(span.TotalSeconds))));
}
