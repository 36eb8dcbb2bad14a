using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Push.Otlp;

/// <summary>
/// A family of the page as OpenTelemetry names it: what the page calls it is what a collector's Prometheus exporter makes of this
/// (OpenTelemetry specification, compatibility with Prometheus).
/// </summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Unit">Its unit (UCUM), or null.</param>
/// <param name="PageUnit">Unit in the name of the family, or null.</param>
internal sealed record OtelMetric(string Name, string? Unit = null, string? PageUnit = null)
{
    /// <summary>Length of sessions, recorded event by event.</summary>
    public static readonly OtelMetric SessionDuration = new("claude_code.session.duration", "s", "seconds");

    /// <summary>Duration of operations of generative AI (semantic conventions), recorded event by event.</summary>
    public static readonly OtelMetric OperationDuration = new(GenAi + "client.operation.duration", "s", "seconds");

    /// <summary>Tokens of operations of generative AI (semantic conventions), recorded event by event.</summary>
    public static readonly OtelMetric TokenUsage = new(GenAi + "client.token.usage", "{token}");

    /// <summary>All metrics, in page order. What tells of the simulator itself is no telemetry of a client.</summary>
    public static readonly IReadOnlyList<OtelMetric> All =
    [
        new("claude_code.session.count"),
        new("claude_code.token.usage", "tokens", "tokens"),
        new("claude_code.cost.usage", "USD", "USD"),
        new("claude_code.tool.usage"),
        new("claude_code.error"),
        new("claude_code.commit.count"),
        new("claude_code.pull_request.count"),
        new("claude_code.lines_of_code.count"),
        new("claude_code.code_edit_tool.decision"),
        new("claude_code.active_time" + Total, "s", "seconds"),
        SessionDuration,
        new("claude_code.active_sessions"),
        new("claude_code.api_request.count"),
        OperationDuration,
        TokenUsage,
    ];

    private const string GenAi = "gen_ai.", Total = ".total";

    // The conventions ask for them on both metrics, the page has them on one.
    private static readonly Label[] Required = [new("gen_ai.operation.name", "chat"), new("gen_ai.provider.name", "anthropic")];

    private bool IsGenAi => Name.StartsWith(GenAi, StringComparison.Ordinal);

    /// <summary>The name of its family in a layout.</summary>
    /// <param name="telemetry">How names are formed.</param>
    public string FamilyName(TelemetryOptions telemetry)
    {
        // Every counter of the page ends in it.
        string name = Name.EndsWith(Total, StringComparison.Ordinal) ? Name[..^Total.Length] : Name;
        return IsGenAi ? telemetry.Style.NameOf(name) + (PageUnit is null ? "" : "_" + PageUnit) : PopulationFamilies.NameOf(telemetry, name, PageUnit);
    }

    /// <summary>The attributes that labels stand for; empty labels stand for none.</summary>
    /// <param name="labels">Labels of one of its series.</param>
    public IEnumerable<KeyValuePair<string, object?>> Attributes(IEnumerable<Label> labels) =>
        AttributesOf(ReferenceEquals(this, TokenUsage) ? labels.Concat(Required) : labels, IsGenAi);

    /// <summary>The attributes that labels stand for; empty labels stand for none.</summary>
    /// <param name="labels">Labels of the page.</param>
    /// <param name="genAi">Whether the names are those of the semantic conventions for generative AI.</param>
    public static IEnumerable<KeyValuePair<string, object?>> AttributesOf(IEnumerable<Label> labels, bool genAi = false) =>
        labels.Where(label => label.Value.Length > 0).Select(label => KeyValuePair.Create(AttributeName(label.Name, genAi), (object?)label.Value));

    // A page in the style otel has the dots already.
    private static string AttributeName(string label, bool genAi) => label switch
    {
        "session_id" => "session.id",
        "user_id" => "user.id",
        "user_type" => "user.type",
        "user_email" => "user.email",
        "user_account_uuid" => "user.account_uuid",
        "organization_id" => "organization.id",
        "terminal_type" => "terminal.type",
        "app_version" => "app.version",
        "gen_ai_request_model" => "gen_ai.request.model",
        "gen_ai_provider_name" => "gen_ai.provider.name",
        "gen_ai_operation_name" => "gen_ai.operation.name",
        "gen_ai_token_type" => "gen_ai.token.type",
        "error_type" when genAi => "error.type",
        _ => label,
    };
}
