using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Document;

/// <summary><c>workload</c>.</summary>
internal sealed record WorkloadSection
{
    [Key("Sessions per hour of a user of activity 1, at season, burst and load 1.", Min = 0, Max = 3600)]
    public double SessionsPerHour { get; init; } = Defaults.World.Workload.SessionsPerHour;

    [Key("Shortest session.", Min = 1, Max = 86_400)]
    public TimeSpan MinSession { get; init; } = Defaults.World.Workload.MinSession;

    [Key("Longest session; not below min_session.", Min = 1, Max = 86_400)]
    public TimeSpan MaxSession { get; init; } = Defaults.World.Workload.MaxSession;

    [Key("Mean time between a session's API requests.", Min = 0.1, Max = 86_400)]
    public TimeSpan RequestInterval { get; init; } = Defaults.World.Workload.RequestInterval;

    [Key("Share of sessions that fail without a cause, 0 to 1.", Min = 0, Max = 1)]
    public double BaseSessionFailure { get; init; } = Defaults.World.Workload.BaseSessionFailure;

    [Key("Given-up requests in a row after which a session fails.", Min = 1, Max = 1000)]
    public int GiveUpsToFail { get; init; } = Defaults.World.Workload.GiveUpsToFail;

    [Key("Session length by segment. A segment that isn't named here has the default of its name, or the one of regular_users.")]
    public OrderedDictionary<string, SessionLengthSection> Segments { get; init; } = Defaults.Map(SegmentOptions.Defaults, segment => segment.Name,
        segment => new SessionLengthSection { Median = TimeSpan.FromSeconds(segment.MedianSessionSeconds), Sigma = segment.SessionSigma });
}

/// <summary><c>workload.segments.*</c>: a log-normal law.</summary>
internal sealed record SessionLengthSection
{
    [Key("Median session length.", Required = true, Min = 0, AboveMin = true, Max = 86_400)]
    public TimeSpan Median { get; init; }

    [Key("σ of the log of the session length.", Required = true, Min = 0, Max = 3)]
    public double Sigma { get; init; }
}
