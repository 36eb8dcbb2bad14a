using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Document;

/// <summary><c>telemetry</c>.</summary>
internal sealed record TelemetrySection
{
    [Key("Prefix of the population's metric names, without the underscore; empty for none.",
        Pattern = "([a-zA-Z_][a-zA-Z0-9_]*)?", PatternText = "letters, digits and _, not beginning with a digit, or empty text", Max = 64)]
    public string Namespace { get; init; } = Defaults.World.Telemetry.Namespace;

    [Key("Names with the unit, as an OpenTelemetry collector writes them (collector), without, as a direct scrape has them (direct), or with unit and dots, labels too (otel), for a Prometheus from 3.0 on.")]
    public NameStyle Style { get; init; } = Defaults.World.Telemetry.Style;

    [Key("Which labels there are. With every user label off, series aggregate over all users.")]
    public LabelsSection Labels { get; init; } = new();

    [Key("Buckets of histograms: classic ones, native (exponential) ones, or both. Only protobuf shows native ones; text shows classic ones in any case.")]
    public HistogramKinds Histograms { get; init; } = Defaults.World.Telemetry.Histograms;

    [Key("Whether the bounded series of a user, or of a session, begin at 0 with it (true), or with the first event, as the real client's do (false).")]
    public bool Preregister { get; init; } = Defaults.World.Telemetry.Preregister;

    [Key("Whether created times are told (OpenMetrics as _created, and protobuf).")]
    public bool Created { get; init; } = Defaults.World.Telemetry.Created;

    [Key("Whether the latest request of a bucket or counter is told as an exemplar with its trace_id (OpenMetrics and protobuf).")]
    public bool Exemplars { get; init; } = Defaults.World.Telemetry.Exemplars;

    [Key("Value of the label service_version of target_info.", Min = 1, Max = 64)]
    public string ServiceVersion { get; init; } = Defaults.World.Telemetry.ServiceVersion;

    [Key("How long a session's own series stay after its end, with labels.session_id. At least a scrape interval, or short sessions are never seen.", Min = 0, Max = 86_400)]
    public TimeSpan SessionRetention { get; init; } = Defaults.World.Telemetry.SessionRetention;

    [Key("Oddities of the real stream, see docs/quirks.md.")]
    public QuirksSection Quirks { get; init; } = new();
}

/// <summary><c>telemetry.labels</c>.</summary>
internal sealed record LabelsSection
{
    [Key("user_id.")]
    public bool UserId { get; init; } = Defaults.World.Telemetry.Labels.UserId;

    [Key("user_type.")]
    public bool UserType { get; init; } = Defaults.World.Telemetry.Labels.UserType;

    [Key("organization_id.")]
    public bool OrganizationId { get; init; } = Defaults.World.Telemetry.Labels.OrganizationId;

    [Key("terminal_type.")]
    public bool TerminalType { get; init; } = Defaults.World.Telemetry.Labels.TerminalType;

    [Key("session_id: user series become series of sessions, which come and go with them.")]
    public bool SessionId { get; init; } = Defaults.World.Telemetry.Labels.SessionId;

    [Key("user_email, of OAuth users.")]
    public bool UserEmail { get; init; } = Defaults.World.Telemetry.Labels.UserEmail;

    [Key("user_account_uuid, of OAuth users.")]
    public bool UserAccountUuid { get; init; } = Defaults.World.Telemetry.Labels.UserAccountUuid;

    [Key("app_version.")]
    public bool AppVersion { get; init; } = Defaults.World.Telemetry.Labels.AppVersion;

    [Key("start_type, on session counts.")]
    public bool StartType { get; init; } = Defaults.World.Telemetry.Labels.StartType;

    [Key("query_source, on tokens and cost.")]
    public bool QuerySource { get; init; } = Defaults.World.Telemetry.Labels.QuerySource;

    [Key("effort, on tokens and cost.")]
    public bool Effort { get; init; } = Defaults.World.Telemetry.Labels.Effort;

    [Key("Custom resource attributes: a value, or a list of values that users draw from; dots in a name become underscores, but with style: otel.",
        Pattern = "[a-zA-Z_][a-zA-Z0-9_.]*", PatternText = "an attribute name of letters, digits, _ and dots")]
    public OrderedDictionary<string, Texts> ResourceAttributes { get; init; } = [];
}

/// <summary><c>telemetry.quirks</c>.</summary>
internal sealed record QuirksSection
{
    [Key("Counters fall to half for a minute, now and then, inside a session; without labels.session_id, those of a user. Needs labels.user_id or labels.session_id.")]
    public bool CounterFallback { get; init; }

    [Key("Series of users appear with their first event, and with labels.session_id a minute after the session's start, when the client first exports.")]
    public bool NonzeroStart { get; init; }

    [Key("Clients of version 2.0.47, a third of the users, tell no cost and an empty query_source. Needs labels.user_id, labels.session_id or labels.app_version.")]
    public bool LostAttributes { get; init; }

    [Key("Clients of version 2.0.42, a third of the users, have the label tool for tool_name, and MultiEdit for Edit. Needs labels.user_id, labels.session_id or labels.app_version.")]
    public bool OldNames { get; init; }
}
