using System.Security;
using System.Text.RegularExpressions;

namespace MetricsSim.Configuration.Domain;

/// <summary>Finds time zones by IANA name.</summary>
internal static partial class TimeZones
{
    private static readonly Lazy<IReadOnlyList<string>> Ids = new(() => [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)]);

    /// <summary>Finds a zone, or reports that there is none.</summary>
    public static TimeZoneInfo? Find(string id, string path, Report report)
    {
        if (report.Failed(path)) return null;
        if (id.Equals("UTC", StringComparison.OrdinalIgnoreCase)) return TimeZoneInfo.Utc;
        try
        {
            // The pattern keeps names that would lead out of the zone database from ever being opened.
            if (Name().IsMatch(id)) return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException)
        {
            // Reported below.
        }

        report.Error(
            path,
            $"unknown time zone {Quoting.Quote(id)}; "
            + (Suggestion.Nearest(id, Ids.Value) is { } nearest ? $"did you mean {nearest}? " : "")
            + "expected an IANA name such as UTC, Europe/Berlin or America/New_York");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
