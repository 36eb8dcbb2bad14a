using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Series;

/// <summary>Worlds whose series are by session.</summary>
internal static class SessionWorlds
{
    public const string Started = "otel_claude_code_session_count";

    public static WorldOptions BySession(this WorldOptions options, double retentionSeconds = 300) => options with
    {
        Telemetry = options.Telemetry with { SessionRetention = TimeSpan.FromSeconds(retentionSeconds), Labels = options.Telemetry.Labels with { SessionId = true } },
    };

    /// <summary>Sessions on the page, in page order.</summary>
    public static List<string> SessionIds(this World world, string family = Started) =>
        [.. SnapshotView.Of(world).Series(family).Select(series => series.Labels["session_id"]).Distinct(StringComparer.Ordinal)];

    /// <summary>Sum of a family's cells, raw; of histograms the observations.</summary>
    public static long Sum(this World world, string family)
    {
        var view = SnapshotView.Of(world);
        return view.Series(family).Sum(series => view.Family(family).Total(series.Cells));
    }

    /// <summary>Families by session, and by user otherwise.</summary>
    public static IEnumerable<MetricFamily> OfUsers(this World world) =>
        world.Layout.Families.Take(world.Layout.Families.ToList().FindIndex(family => family.Name.EndsWith("active_sessions", StringComparison.Ordinal)));

    /// <summary>Sums of the cells of a family's rows by the labels that aren't the session's.</summary>
    public static SortedDictionary<string, long[]> ByUser(this SnapshotView view, string family)
    {
        var sums = new SortedDictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var (labels, cells) in view.Series(family))
        {
            var key = string.Join(',', labels.Where(label => label.Key != "session_id").Select(label => $"{label.Key}={label.Value}"));
            sums[key] = sums.TryGetValue(key, out var sum) ? [.. sum.Zip(cells, (a, b) => a + b)] : cells;
        }

        return sums;
    }
}
