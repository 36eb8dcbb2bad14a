using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MetricsSim.Cli.Live;

/// <summary>Everything one refresh of the live view shows.</summary>
/// <param name="Status">The world.</param>
/// <param name="Rates">What happens in it.</param>
/// <param name="Speed">Simulated seconds per wall second.</param>
/// <param name="Addresses">Where to look.</param>
/// <param name="SinceScrape">Wall time since the latest scrape; null before the first.</param>
/// <param name="Sessions">Recent numbers of active sessions.</param>
internal sealed record LiveReading(WorldStatus Status, Rates Rates, double Speed, string Addresses, TimeSpan? SinceScrape, Sparkline Sessions);

/// <summary>Draws a reading: one line for each subject, cut to the window, so that a narrow one never wraps and tears the view.</summary>
internal static class LivePanel
{
    private const int LabelWidth = 10;
    private const int LeastWidth = 20;

    /// <summary>Draws a reading.</summary>
    /// <param name="reading">What to show.</param>
    /// <param name="width">Columns of the window.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    /// <returns>A block of lines, each shorter than the window.</returns>
    public static IRenderable Draw(LiveReading reading, int width, bool unicode)
    {
        var room = Math.Max(width, LeastWidth) - LabelWidth - 1;
        var rows = Lines(reading, room, unicode).Select(line => new Paragraph()
            .Append(line.Label.PadRight(LabelWidth), new Style(Color.Grey))
            .Append(Cut(line.Text, room), line.Alarm ? new Style(Color.Red) : Style.Plain));
        return new Rows(rows);
    }

    /// <summary>The lines as text, uncut.</summary>
    /// <param name="reading">What to show.</param>
    /// <param name="room">Columns for the text.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    /// <returns>Label, text, and whether it is bad news.</returns>
    public static IEnumerable<(string Label, string Text, bool Alarm)> Lines(LiveReading reading, int room, bool unicode)
    {
        var (status, rates) = (reading.Status, reading.Rates);
        yield return ("serving", reading.Addresses, false);
        var speed = reading.Speed == 1 ? "" : $"  {reading.Speed.ToString(CultureInfo.InvariantCulture)}x";
        yield return ("time", $"{status.SimulatedTime:ddd yyyy-MM-dd HH:mm:ss zzz}{speed}", false);
        yield return ("scenario", Scenario(status, unicode), false);
        var sessions = $"{status.ActiveSessions} active, {status.EnabledUsers} of {status.Users} users, load {Magnitude.Text(status.Load)}  ";
        yield return ("sessions", sessions + reading.Sessions.Draw(Math.Max(0, room - sessions.Length), unicode), false);
        yield return ("requests", $"{Magnitude.Text(rates.Requests)}/s, {Magnitude.Text(rates.Tokens)} tokens/s", false);
        yield return ("cost", $"${status.TotalCost.ToString("N2", CultureInfo.InvariantCulture)}, ${Magnitude.Text(rates.Cost * 3600)}/h", false);
        var faults = status.ActiveFaults == 0 ? "" : $", {status.ActiveFaults} fault{(status.ActiveFaults == 1 ? "" : "s")} in force";
        yield return ("errors", $"{Magnitude.Text(rates.Errors)}/s, {rates.ErrorShare.ToString("0.0 %", CultureInfo.InvariantCulture)} of requests{faults}", status.ActiveFaults > 0);
        yield return ("scraped", reading.SinceScrape is { } since ? $"{DurationText.Format(TimeSpan.FromSeconds(Math.Floor(since.TotalSeconds)))} ago" : "not yet", false);
    }

    private static string Scenario(WorldStatus status, bool unicode)
    {
        var running = status.Simulations.Where(simulation => simulation.State == SimulationState.Running).ToList();
        if (running.Count == 0) return "none";
        var shown = running[0];
        var filled = (int)Math.Round(Math.Clamp(shown.Progress, 0, 1) * 10);
        var bar = new string(unicode ? '█' : '#', filled) + new string(unicode ? '░' : '.', 10 - filled);
        var next = shown.NextEvent is { } coming ? $"next {coming.Event} in {Left(coming.At, status)}" : $"ends in {Left(shown.EndsAt, status)}";
        var others = running.Count > 1 ? $", {running.Count - 1} more" : "";
        return $"{shown.ScenarioId} {bar} {next}{others}";
    }

    private static string Left(DateTimeOffset at, WorldStatus status)
    {
        var left = at - status.SimulatedTime;
        return DurationText.Format(TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling(left.TotalSeconds))));
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : room <= 1 ? "" : $"{text[..(room - 1)]}…";
}
