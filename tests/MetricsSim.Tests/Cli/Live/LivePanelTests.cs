using MetricsSim.Cli.Live;
using MetricsSim.Core.Engine;
using Spectre.Console;
using Xunit;

namespace MetricsSim.Tests.Cli.Live;

public sealed class LivePanelTests
{
    [Fact]
    public void Shows_every_subject_in_a_line()
    {
        var window = new RateWindow(10);
        window.Add(Statuses.At(0));
        var status = Statuses.At(20, Statuses.Running("black_friday", faults: 2, next: "recovery"), Statuses.Running("baseline"));
        var sessions = new Sparkline(4);
        foreach (var value in new[] { 0L, 5, 10 }) sessions.Add(value);
        var reading = new LiveReading(status, window.Add(status), 2.5, "http://localhost:1", TimeSpan.FromSeconds(3.7), sessions);
        Assert.Equal(
            [
                ("serving", "http://localhost:1", false),
                ("time", "Mon 2026-01-05 10:00:20 +00:00  2.5x", false),
                ("scenario", "black_friday █████░░░░░ next recovery in 45s, 1 more", false),
                ("sessions", "138 active, 80 of 100 users, load 3  ▁▄█", false),
                ("requests", "9/s, 9k tokens/s", false),
                ("cost", "$1.80, $324/h", false),
                ("errors", "0.9/s, 10.0 % of requests, 2 faults in force", true),
                ("scraped", "3s ago", false),
            ],
            LivePanel.Lines(reading, 80, unicode: true));
    }

    [Fact]
    public void A_world_without_a_scenario_or_a_scrape_says_so()
    {
        var lines = LivePanel.Lines(Reading(Statuses.At(0)), 80, unicode: false).ToDictionary(line => line.Label, line => line.Text, StringComparer.Ordinal);
        Assert.Equal("none", lines["scenario"]);
        Assert.Equal("not yet", lines["scraped"]);
        Assert.Equal("0/s, 0.0 % of requests", lines["errors"]);
    }

    [Fact]
    public void The_last_event_leaves_the_end()
    {
        var lines = LivePanel.Lines(Reading(Statuses.At(3600, Statuses.Running("baseline"))), 80, unicode: false);
        Assert.Contains(("scenario", "baseline #####..... ends in 3h", false), lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(37)]
    [InlineData(80)]
    public void No_line_wraps(int width)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        console.Write(LivePanel.Draw(Reading(Statuses.At(9, Statuses.Running("a_scenario_with_a_long_name", 1, "growth_simulation"))), width, unicode: true));
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(8, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 1, Math.Max(width, 20) - 1));
    }

    private static LiveReading Reading(WorldStatus status) => new(status, default, 1, "http://localhost:1", null, new Sparkline(10));
}
