using MetricsSim.Cli.Live;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>A line on standard error that says how far work is, when a person watches.</summary>
internal static class StatusLine
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the line while work is done.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="terminal">Where.</param>
    /// <param name="json">Whether a program reads along.</param>
    /// <param name="noColor">Whether colour is unwanted.</param>
    /// <param name="first">The line's text until the work says more.</param>
    /// <param name="work">Is given what takes the line's text.</param>
    /// <param name="stop">Ends the wait, even for standard input, which can't be told to stop.</param>
    /// <returns>What came of it.</returns>
    public static async Task<T> WatchAsync<T>(Terminal terminal, bool json, bool noColor, string first, Func<Action<string>, Task<T>> work, CancellationToken stop)
    {
        // Off the caller's thread: it may be all computation, and an interrupt must be seen meanwhile.
        if (!terminal.Interactive || json) return await Task.Run(() => work(_ => { }), stop).WaitAsync(stop);
        return await LiveView.ConsoleOn(terminal, noColor).Status().StartAsync(first, async view =>
        {
            var told = TimeProvider.System.GetTimestamp();
            return await Task.Run(() => work(text =>
            {
                if (TimeProvider.System.GetElapsedTime(told) < Pause) return;
                told = TimeProvider.System.GetTimestamp();
                view.Status(Markup.Escape(text));
            }), stop).WaitAsync(stop);
        });
    }
}
