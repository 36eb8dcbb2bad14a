using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>users</c>, with the session lengths of <c>workload.segments</c>.</summary>
internal static class PopulationConverter
{
    /// <summary>Converts it.</summary>
    public static PopulationOptions Convert(UsersSection users, WorkloadSection workload, Report report)
    {
        ConfigConverter.CheckSum([.. users.Distribution.Values.Select(segment => segment.Percentage)], "users.distribution", report);
        ConfigConverter.CheckSum(users.Terminals.Values, "users.terminals", report);
        ConfigConverter.CheckSum(users.Languages.Values, "users.languages", report);
        CheckUserTypes(users, report);
        return new PopulationOptions
        {
            Total = users.Total,
            Segments = [.. users.Distribution.Select(segment => Segment(segment.Key, segment.Value, workload))],
            Organizations = users.Organizations,
            ApiKeyShare = users.ApiKeyShare,
            Terminals = [.. users.Terminals.Select(share => new Share(share.Key, share.Value))],
            Languages = [.. users.Languages.Select(share => new Share(share.Key, share.Value))],
        };
    }

    private static SegmentOptions Segment(string name, SegmentSection section, WorkloadSection workload)
    {
        var length = workload.Segments.TryGetValue(name, out var given) ? given : null;
        var fallback = SegmentOptions.Defaults.FirstOrDefault(segment => segment.Name == name)
            ?? SegmentOptions.Defaults.First(segment => segment.Name == "regular_users");
        return new SegmentOptions(
            name,
            section.Percentage,
            section.ActivityRange.Low,
            section.ActivityRange.High,
            section.Volatility,
            length?.Median.TotalSeconds ?? fallback.MedianSessionSeconds,
            length?.Sigma ?? fallback.SessionSigma);
    }

    // "power" and "power_users" would be one label value, and their series would collide.
    private static void CheckUserTypes(UsersSection users, Report report)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in users.Distribution.Keys)
        {
            var type = new SegmentOptions(name, 0, 0, 0, null, 0, 0).UserType;
            if (!seen.TryAdd(type, name))
                report.Error($"users.distribution.{name}", $"its label user_type={Quoting.Quote(type)} is that of {seen[type]}; rename one");
        }
    }
}
