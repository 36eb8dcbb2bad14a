using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>workload</c>.</summary>
internal static class WorkloadConverter
{
    /// <summary>Converts it.</summary>
    public static WorkloadOptions Convert(WorkloadSection section, UsersSection users, Report report)
    {
        if (section.MinSession > section.MaxSession && !report.Failed("workload.min_session") && !report.Failed("workload.max_session"))
            report.Error(report.FirstSet("workload.max_session", "workload.min_session"), "max_session is below min_session");

        CheckSegments(section, users, report);
        return new WorkloadOptions
        {
            SessionsPerHour = section.SessionsPerHour,
            MinSession = section.MinSession,
            MaxSession = section.MaxSession,
            RequestInterval = section.RequestInterval,
            BaseSessionFailure = section.BaseSessionFailure,
            GiveUpsToFail = section.GiveUpsToFail,
        };
    }

    // Only what the file names: the defaults' own segments may be absent from the population.
    private static void CheckSegments(WorkloadSection section, UsersSection users, Report report)
    {
        if (report.Failed("users.distribution")) return;
        foreach (var name in section.Segments.Keys.Where(name => !users.Distribution.ContainsKey(name)))
        {
            var path = Report.Join("workload.segments", name);
            if (report.IsSet(path)) report.Error(report.PlaceOf(path), path, Suggestion.Unknown("segment", name, [.. users.Distribution.Keys]));
        }
    }
}
