using MetricsSim.Configuration;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Cli;

/// <summary>A scenario's timeline as a line of text: its events by number, and where faults and bursts are in force.</summary>
internal static class TimelineBar
{
    private const string Marks = "123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The mark of an event, the same in the bar and in the table.</summary>
    /// <param name="index">Index in the timeline.</param>
    /// <returns>One character.</returns>
    public static string Mark(int index) => index < Marks.Length ? Marks[index].ToString() : "*";

    /// <summary>Draws the bar and its scale.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="width">Columns, cut to at least 16.</param>
    /// <returns>Lines of at most that width: marks, bar, scale.</returns>
    public static IReadOnlyList<string> Lines(Scenario scenario, int width)
    {
        width = Math.Max(width, 16);
        var marks = Enumerable.Repeat(' ', width).ToArray();
        var bar = Enumerable.Repeat('─', width).ToArray();
        for (var i = 0; i < scenario.Timeline.Count; i++)
        {
            var entry = scenario.Timeline[i];
            var column = Math.Min(width - 1, Column(entry.Time, scenario, width));

            // Events that fall on one column lie side by side, as far as there is room.
            while (column < width - 1 && marks[column] != ' ') column++;
            marks[column] = Mark(i)[0];
            if (End(scenario, i) is not { } end) continue;
            var length = Math.Max(1, Column(end, scenario, width) - column);
            Array.Fill(bar, entry.Event is BurstLoadEvent ? '▒' : '█', column, length);
        }

        var (middle, last) = (DurationText.Format(scenario.Duration / 2), DurationText.Format(scenario.Duration));
        var scale = "0s".PadRight((width - middle.Length) / 2) + middle;
        return [new string(marks).TrimEnd(), new string(bar), scale.PadRight(Math.Max(scale.Length + 1, width - last.Length)) + last];
    }

    private static int Column(TimeSpan time, Scenario scenario, int width) => (int)Math.Floor(time / scenario.Duration * width);

    private static TimeSpan? End(Scenario scenario, int index)
    {
        var entry = scenario.Timeline[index];
        var length = entry.Event switch
        {
            BurstLoadEvent burst => burst.Duration,
            InjectFailureEvent { Duration: { } duration } => duration,
            InjectFailureEvent => scenario.Duration - entry.Time,
            _ => (TimeSpan?)null,
        };
        if (length is null) return null;
        var recovery = scenario.Timeline.Skip(index + 1).FirstOrDefault(later => later.Event is RecoveryEvent)?.Time ?? scenario.Duration;
        var end = entry.Time + length.Value;
        return end < recovery ? end : recovery;
    }
}
