using System.Globalization;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>simulation.start</c>.</summary>
internal static class StartConverter
{
    private const string Path = "simulation.start";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] FormatsWithOffset =
        [.. Formats.Where(format => format.Contains('H', StringComparison.Ordinal)).SelectMany(format => new[] { format + "zzz", format + "'Z'" })];

    private static readonly DateTimeOffset Earliest = new(1970, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Converts it.</summary>
    /// <param name="text">Local time, time with offset, or <c>now</c>.</param>
    /// <param name="zone">Zone of a local time.</param>
    /// <param name="report">Takes an error.</param>
    /// <param name="time">What <c>now</c> asks, once; to whole seconds.</param>
    /// <returns>The instant, with the zone's offset.</returns>
    public static DateTimeOffset Convert(string text, TimeZoneInfo zone, Report report, TimeProvider time)
    {
        if (report.Failed(Path)) return Defaults();
        if (Read(text, zone, time, out var problem) is { } start) return start;
        report.Error(Path, problem);
        return Defaults();
    }

    /// <summary>Reads an instant.</summary>
    /// <param name="text">Local time, time with offset, or <c>now</c>.</param>
    /// <param name="zone">Zone of a local time.</param>
    /// <param name="time">What <c>now</c> asks, once; to whole seconds.</param>
    /// <param name="problem">What is wrong and what is allowed; empty if nothing is.</param>
    /// <returns>The instant, with the zone's offset; null if it can't be read.</returns>
    public static DateTimeOffset? Read(string text, TimeZoneInfo zone, TimeProvider time, out string problem)
    {
        problem = "";
        if (text == "now")
        {
            var now = time.GetUtcNow();
            return TimeZoneInfo.ConvertTime(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), zone);
        }

        if (Parse(text, zone, ref problem) is not { } instant) return null;
        if (instant >= Earliest && instant < Latest) return instant;
        problem = $"expected a time from {Earliest.Year} to {Latest.Year - 1}, got {Quoting.Quote(text, quotes: false)}";
        return null;
    }

    private static DateTimeOffset Defaults() => Document.Defaults.World.Start;

    private static DateTimeOffset? Parse(string text, TimeZoneInfo zone, ref string problem)
    {
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return AtLocal(local, text, zone, ref problem);
        // Only texts that name an offset get here, so the machine's own zone is never asked.
        if (DateTimeOffset.TryParseExact(text, FormatsWithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var absolute))
            return TimeZoneInfo.ConvertTime(absolute, zone);
        problem = $"expected a date and time such as 2026-01-05T10:00, one with Z or +01:00, or now, got {Quoting.Quote(text, quotes: false)}";
        return null;
    }

    private static DateTimeOffset? AtLocal(DateTime local, string text, TimeZoneInfo zone, ref string problem)
    {
        if (zone.IsInvalidTime(local))
        {
            problem = $"{text} does not exist in {zone.Id}: the clocks go forward";
            return null;
        }

        // Where the clocks go back a time comes twice: the first is taken.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        if (local - DateTime.MinValue < TimeSpan.FromDays(2)) return DateTimeOffset.MinValue;
        return new DateTimeOffset(local, offset);
    }
}
