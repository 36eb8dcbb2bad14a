namespace MetricsSim.Core.Engine;

/// <summary>What is published, and under which names (config: <c>telemetry</c>), design §4.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Prefix of the population's metric names without the underscore; empty for none.</summary>
    public string Namespace { get; init; } = "otel";

    /// <summary>How names are formed.</summary>
    public NameStyle Style { get; init; } = NameStyle.Collector;

    /// <summary>Which labels there are.</summary>
    public LabelOptions Labels { get; init; } = new();

    /// <summary>Whether a user's bounded series begin at 0 with the user rather than with the first event.</summary>
    public bool Preregister { get; init; } = true;

    /// <summary>How long the series of a session stay after its end, while <see cref="LabelOptions.SessionId"/> is on.</summary>
    public TimeSpan SessionRetention { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether <c>_created</c> samples are written.</summary>
    public bool Created { get; init; }

    /// <summary>Which buckets histograms have.</summary>
    public HistogramKinds Histograms { get; init; }

    /// <summary>Whether requests leave exemplars on durations, tokens, cost and errors.</summary>
    public bool Exemplars { get; init; }

    /// <summary>Which part of the series is published.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Which oddities of the real stream there are.</summary>
    public QuirkOptions Quirks { get; init; } = new();

    /// <summary>Value of <c>target_info</c>'s <c>service_version</c>.</summary>
    public string ServiceVersion { get; init; } = "2.0.50";
}

/// <summary>How metric names are formed.</summary>
public enum NameStyle
{
    /// <summary>With the unit in the name, as the OpenTelemetry collector's Prometheus exporter writes them.</summary>
    Collector,

    /// <summary>Without, as a direct scrape of the client has them.</summary>
    Direct,

    /// <summary>
    /// With OpenTelemetry's dots, in the names of labels too, and with unit: Prometheus' translation strategy NoUTF8EscapingWithSuffixes
    /// (github.com/prometheus/otlptranslator). Escaped to underscores they are those of <see cref="Collector"/>.
    /// </summary>
    Otel,
}

/// <summary>Names of metrics and labels.</summary>
public static class NameStyles
{
    /// <summary>A name in a style.</summary>
    /// <param name="style">The style.</param>
    /// <param name="name">The name as OpenTelemetry has it, e.g. <c>user.id</c>.</param>
    /// <returns>The same, or with underscores for its dots.</returns>
    public static string NameOf(this NameStyle style, string name) => style == NameStyle.Otel ? name : name.Replace('.', '_');
}

/// <summary>Switches for labels (config: <c>telemetry.labels</c>). With every user label off, series aggregate over all users.</summary>
public sealed record LabelOptions
{
    /// <summary><c>user_id</c>.</summary>
    public bool UserId { get; init; } = true;

    /// <summary><c>user_type</c>.</summary>
    public bool UserType { get; init; } = true;

    /// <summary><c>organization_id</c>.</summary>
    public bool OrganizationId { get; init; } = true;

    /// <summary><c>terminal_type</c>.</summary>
    public bool TerminalType { get; init; } = true;

    /// <summary><c>session_id</c>: series are a session's own, and come and go with it.</summary>
    public bool SessionId { get; init; }

    /// <summary><c>user_email</c>, of OAuth users.</summary>
    public bool UserEmail { get; init; }

    /// <summary><c>user_account_uuid</c>, of OAuth users.</summary>
    public bool UserAccountUuid { get; init; }

    /// <summary><c>app_version</c>.</summary>
    public bool AppVersion { get; init; }

    /// <summary><c>start_type</c> on session counts.</summary>
    public bool StartType { get; init; }

    /// <summary><c>query_source</c> on tokens and cost.</summary>
    public bool QuerySource { get; init; }

    /// <summary><c>effort</c> on tokens and cost.</summary>
    public bool Effort { get; init; }

    /// <summary>Custom resource attributes: label name and the values users draw from, uniformly.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> ResourceAttributes { get; init; } = [];
}
