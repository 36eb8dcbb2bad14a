using MetricsSim.Core.Engine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MetricsSim.Cli.Live;

/// <summary>Shows a running daemon on a terminal, refreshed twice a second, until it is told to stop.</summary>
/// <param name="console">Draws it.</param>
/// <param name="subject">What to show.</param>
internal sealed class LiveView(IAnsiConsole console, LiveSubject subject)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private const int RateReadings = 20;
    private const int RefreshesPerBar = 4;
    private const int Bars = 60;

    private readonly RateWindow _rates = new(RateReadings);
    private readonly Sparkline _sessions = new(Bars);
    private IRenderable _latest = Text.Empty;
    private int _refreshes;

    /// <summary>A console for the view on standard error.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="noColor">Whether the user asked for no colour.</param>
    /// <returns>A console whose width follows the window.</returns>
    public static IAnsiConsole ConsoleOn(Terminal terminal, bool noColor) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(terminal.Error),
        Ansi = AnsiSupport.Yes,
        ColorSystem = terminal.IsPlain(noColor) ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
        Interactive = InteractionSupport.Yes,
    });

    /// <summary>Draws until stopped, then leaves the last reading and the cursor behind.</summary>
    /// <param name="lines">Shares the terminal: its lines go above meanwhile.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>A task that ends without failing.</returns>
    public async Task RunAsync(LinesAbove lines, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Refresh);
        lines.Attach(console);
        try
        {
            // The renderer pads lines to the widest it ever drew, which would wrap in a window made narrower: begin anew below then.
            while (!stop.IsCancellationRequested)
                await console.Live(Read()).Overflow(VerticalOverflow.Crop).StartAsync(view => DrawAsync(view, timer, stop));
        }
        finally
        {
            lines.Attach(null);
        }
    }

    private async Task DrawAsync(LiveDisplayContext view, PeriodicTimer timer, CancellationToken stop)
    {
        var width = console.Profile.Width;
        try
        {
            while (await timer.WaitForNextTickAsync(stop) && console.Profile.Width == width) view.UpdateTarget(Read());
        }
        catch (OperationCanceledException)
        {
            view.UpdateTarget(Read());
        }
    }

    private IRenderable Read()
    {
        if (subject.Status() is not { } status) return _latest;
        if (_refreshes++ % RefreshesPerBar == 0) _sessions.Add(status.ActiveSessions);
        var reading = new LiveReading(status, _rates.Add(status), subject.Speed, subject.Addresses, subject.SinceScrape(), _sessions);
        return _latest = LivePanel.Draw(reading, console.Profile.Width, console.Profile.Capabilities.Unicode);
    }
}

/// <summary>What the live view shows, and where it finds it.</summary>
/// <param name="Status">Reads the world's latest status; null while there is none.</param>
/// <param name="SinceScrape">Reads the wall time since the latest scrape; null before the first.</param>
/// <param name="Speed">Simulated seconds per wall second.</param>
/// <param name="Addresses">Where the daemon listens, in a line.</param>
internal sealed record LiveSubject(Func<WorldStatus?> Status, Func<TimeSpan?> SinceScrape, double Speed, string Addresses);
