using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>telemetry</c>.</summary>
internal static class TelemetryConverter
{
    private const string Attributes = "telemetry.labels.resource_attributes";
    private const string OldToolName = "tool";

    // Labels that a family of design §4 has, or that Prometheus sets itself.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "user_id", "user_type", "organization_id", "terminal_type", "session_id", "user_email", "user_account_uuid", "app_version",
        "start_type", "query_source", "effort", "model", "type", "tool_name", "status", "error_type", "decision", "language",
        "gen_ai_request_model", "gen_ai_provider_name", "gen_ai_operation_name", "gen_ai_token_type", "service_name", "service_version",
        "le", "quantile", "job", "instance",
    };

    /// <summary>Converts it.</summary>
    public static TelemetryOptions Convert(TelemetrySection section, Report report) => new()
    {
        Namespace = section.Namespace,
        Style = section.Style,
        Preregister = section.Preregister,
        Created = section.Created,
        Exemplars = section.Exemplars,
        Histograms = section.Histograms,
        ServiceVersion = section.ServiceVersion,
        SessionRetention = section.SessionRetention,
        Quirks = Quirks(section, report),
        Labels = new LabelOptions
        {
            UserId = section.Labels.UserId,
            UserType = section.Labels.UserType,
            OrganizationId = section.Labels.OrganizationId,
            TerminalType = section.Labels.TerminalType,
            SessionId = section.Labels.SessionId,
            UserEmail = section.Labels.UserEmail,
            UserAccountUuid = section.Labels.UserAccountUuid,
            AppVersion = section.Labels.AppVersion,
            StartType = section.Labels.StartType,
            QuerySource = section.Labels.QuerySource,
            Effort = section.Labels.Effort,
            ResourceAttributes = [.. ResourceAttributes(section, report)],
        },
    };

    private static QuirkOptions Quirks(TelemetrySection section, Report report)
    {
        var (quirks, labels) = (section.Quirks, section.Labels);
        var byClient = labels.UserId || labels.SessionId;
        Require(quirks.CounterFallback, byClient, "counter_fallback", "counters are sums over users, which don't fall; set telemetry.labels.user_id or session_id");
        const string Mixed = "series are sums over users of all versions; set telemetry.labels.user_id, session_id or app_version";
        Require(quirks.LostAttributes, byClient || labels.AppVersion, "lost_attributes", Mixed);
        Require(quirks.OldNames, byClient || labels.AppVersion, "old_names", Mixed);
        return new QuirkOptions
        {
            CounterFallback = quirks.CounterFallback,
            NonzeroStart = quirks.NonzeroStart,
            LostAttributes = quirks.LostAttributes,
            OldNames = quirks.OldNames,
        };

        void Require(bool quirk, bool holds, string key, string why)
        {
            if (quirk && !holds) report.Error(Report.Join("telemetry.quirks", key), why);
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Values)> ResourceAttributes(TelemetrySection section, Report report)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, texts) in section.Labels.ResourceAttributes)
        {
            var path = Report.Join(Attributes, name);
            // As the collector writes attribute names, and as scrapes without UTF-8 see them.
            var label = name.Replace('.', '_');
            if (Taken.Contains(label) || (section.Quirks.OldNames && label == OldToolName)) report.Error(path, $"the label {label} is taken; choose another name");
            else if (label.StartsWith("__", StringComparison.Ordinal))
                report.Error(path, "names that begin with __ are Prometheus's own; choose another name");
            else if (!seen.TryAdd(label, name)) report.Error(path, $"becomes the label {label}, as {seen[label]} does; choose another name");
            yield return (section.Style.NameOf(name), texts.Values);
        }
    }
}
