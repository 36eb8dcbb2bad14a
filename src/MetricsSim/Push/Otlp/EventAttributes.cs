using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Push.Otlp;

/// <summary>What an event says, in the real client's attributes. Follows from the event and the world's options alone.</summary>
/// <param name="world">Options of the world.</param>
internal sealed class EventAttributes(WorldOptions world)
{
    private readonly Dictionary<int, KeyValuePair<string, object?>[]> _users = [];
    private readonly KeyedRandom _random = new(world.Seed);
    private readonly UserRows _rows = new(Identified(world), new UserDirectory(world.Population, new KeyedRandom(world.Seed)), withLanguage: false);

    /// <summary>The value of <c>event.name</c>; null of what clients have no event for.</summary>
    /// <param name="kind">Kind of the event.</param>
    public static string? NameOf(ClientEventKind kind) =>
        kind is ClientEventKind.SessionStarted or ClientEventKind.SessionEnded ? null : Names.Snake(kind.ToString());

    /// <summary>All attributes of an event.</summary>
    /// <param name="told">The event.</param>
    /// <param name="at">When it happened, in wall time.</param>
    /// <param name="sequence">How many events of its session came before.</param>
    public List<KeyValuePair<string, object?>> Of(in ClientEvent told, DateTimeOffset at, int sequence)
    {
        int first = Prompts.FirstRequest(_random, told.Session, told.Request);
        var all = new List<KeyValuePair<string, object?>>(24)
        {
            new("session.id", ClientIds.Session(_random, told.Session)),
            new("event.name", NameOf(told.Kind)),
            new("event.timestamp", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")),
            new("event.sequence", sequence),
            new("prompt.id", ClientIds.Prompt(_random, told.Session, first)),
        };
        all.AddRange(User(told.User));
        switch (told.Kind)
        {
            case ClientEventKind.UserPrompt:
                all.Add(new("prompt_length", Prompts.Length(_random, told.Session, told.Request)));
                break;
            case ClientEventKind.ApiRequest:
                AddRequest(all, told);
                break;
            case ClientEventKind.ApiError:
                AddError(all, told);
                break;
            case ClientEventKind.ToolDecision:
                all.Add(new("tool_name", Tools.All[told.Tool].Name));
                all.Add(new("decision", told.Accepted ? "accept" : "reject"));
                all.Add(new("source", Names.Snake(told.Source.ToString())));
                break;
            case ClientEventKind.ToolResult:
                AddResult(all, told);
                break;
        }

        return all;
    }

    private void AddRequest(List<KeyValuePair<string, object?>> all, in ClientEvent told)
    {
        all.Add(new("model", world.Models[told.Model].Id));
        all.Add(new("cost_usd", told.NanoUsd / 1e9));
        all.Add(new("duration_ms", Milliseconds(told)));
        all.Add(new("input_tokens", told.Tokens.Input));
        all.Add(new("output_tokens", told.Tokens.Output));
        all.Add(new("cache_read_tokens", told.Tokens.CacheRead));
        all.Add(new("cache_creation_tokens", told.Tokens.CacheCreation));
        all.Add(new("request_id", ClientIds.Request(_random, told.Session, told.Request)));
        all.Add(new("query_source", PopulationFamilies.QuerySources[told.QuerySource]));
        all.Add(new("effort", PopulationFamilies.Efforts[told.Effort]));
        all.Add(new("speed", "normal"));
    }

    private void AddError(List<KeyValuePair<string, object?>> all, in ClientEvent told)
    {
        (string error, int? status) = told.Error switch
        {
            ErrorKind.Timeout => ("Request timed out.", (int?)null),
            ErrorKind.Network => ("Connection error.", null),
            ErrorKind.Auth => ("401 authentication_error", 401),
            ErrorKind.RateLimit => ("429 rate_limit_error", 429),
            ErrorKind.ServiceUnavailable => ("503 service_unavailable", 503),
            _ => throw new ArgumentOutOfRangeException(nameof(told), told.Error, "No error of a request."),
        };
        all.Add(new("model", world.Models[told.Model].Id));
        all.Add(new("error", error));
        if (status is { } code) all.Add(new("status_code", code));
        all.Add(new("duration_ms", Milliseconds(told)));
        all.Add(new("attempt", (int)told.Attempts));
    }

    private static void AddResult(List<KeyValuePair<string, object?>> all, in ClientEvent told)
    {
        all.Add(new("tool_name", Tools.All[told.Tool].Name));
        all.Add(new("success", told.Error == ErrorKind.None ? "true" : "false"));
        all.Add(new("duration_ms", Milliseconds(told)));
        if (told.Error != ErrorKind.None) all.Add(new("error_type", told.Error.Label()));
        all.Add(new("decision_type", "accept"));
        all.Add(new("decision_source", Names.Snake(told.Source.ToString())));
    }

    private static long Milliseconds(in ClientEvent told) => (told.Micros + 500) / 1000;

    private KeyValuePair<string, object?>[] User(int user)
    {
        if (!_users.TryGetValue(user, out KeyValuePair<string, object?>[]? known))
            _users.Add(user, known = [.. OtelMetric.AttributesOf(_rows.LabelsOf(user))]);
        return known;
    }

    /// <summary>An event says whose it is, whatever labels series have.</summary>
    private static WorldOptions Identified(WorldOptions world) => world with
    {
        Telemetry = world.Telemetry with
        {
            Shard = Shard.Whole,
            Labels = world.Telemetry.Labels with { UserId = true, OrganizationId = true, TerminalType = true, UserEmail = true, UserAccountUuid = true },
        },
    };
}
