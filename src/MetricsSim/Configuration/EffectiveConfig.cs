using System.Text.Json.Nodes;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Backend;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration;

/// <summary>
/// The configuration in effect as JSON in the file's own keys: durations in seconds, secrets masked as <c>***</c>, what was left to be
/// worked out (capacity, servers, cache prices, the start) worked out. Keys without effect yet stand as they were read.
/// </summary>
internal static class EffectiveConfig
{
    private static readonly RecordKind Root = new(typeof(ConfigDocument));

    /// <summary>Writes a configuration.</summary>
    /// <param name="config">The configuration; its domain values win over its document.</param>
    /// <returns>A fresh object.</returns>
    public static JsonObject ToJson(SimulatorConfig config)
    {
        var json = (JsonObject)Root.ToJson(config.Document)!;
        Overlay(json, Domain(config));
        return json;
    }

    private static JsonObject Domain(SimulatorConfig config) => new()
    {
        ["users"] = Users(config.World.Population),
        ["model_distribution"] = Map(config.World.Models, model => model.Id, model => Number(model.Fraction)),
        ["costs_per_1k_tokens"] = Map(config.World.Models, model => model.Id, model => new JsonObject
        {
            ["input"] = Number(model.InputPer1k),
            ["output"] = Number(model.OutputPer1k),
            ["cache_read"] = Number(model.CacheReadPer1k),
            ["cache_creation"] = Number(model.CacheCreationPer1k),
        }),
        ["activity_models"] = Activity(config.World.Activity),
        ["workload"] = Workload(config.World),
        ["backend"] = Backend(config.World),
        ["scenarios"] = Map(
            config.World.Scenarios.Values.OrderBy(scenario => scenario.Id, StringComparer.Ordinal), scenario => scenario.Id, ScenarioJson.Write),
        ["server"] = new JsonObject
        {
            ["host"] = config.Server.Host,
            ["port"] = config.Server.Port,
            ["metrics_port"] = config.Server.MetricsPort,
            ["update_interval"] = Seconds(config.World.Tick),
            ["max_connections"] = config.Server.MaxConnections,
            ["api_key"] = config.Server.ApiKey is null ? null : KeyDeclaration.Mask,
        },
        ["telemetry"] = Telemetry(config.World.Telemetry),
        ["simulation"] = new JsonObject
        {
            ["seed"] = config.World.Seed,
            ["start"] = config.World.Start.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"),
            ["speed"] = Number(config.Speed),
            ["shard"] = config.World.Telemetry.Shard.ToString(),
        },
        ["logging"] = Logging(config.Logging),
    };

    private static JsonObject Users(PopulationOptions population) => new()
    {
        ["total"] = population.Total,
        ["organizations"] = population.Organizations,
        ["api_key_share"] = Number(population.ApiKeyShare),
        ["terminals"] = Map(population.Terminals, share => share.Name, share => Number(share.Fraction)),
        ["languages"] = Map(population.Languages, share => share.Name, share => Number(share.Fraction)),
        ["distribution"] = Map(population.Segments, segment => segment.Name, segment => new JsonObject
        {
            ["percentage"] = Number(segment.Fraction),
            ["activity_range"] = new JsonArray(Number(segment.ActivityLow), Number(segment.ActivityHigh)),
            ["volatility"] = segment.Volatility is { } volatility ? Number(volatility) : null,
        }),
    };

    private static JsonObject Activity(ActivityOptions activity) => new()
    {
        ["brownian"] = new JsonObject
        {
            ["volatility"] = Number(activity.Brownian.Volatility),
            ["mean_reversion"] = Number(activity.Brownian.MeanReversion),
            ["dt"] = Number(activity.Brownian.Dt),
            ["time_unit"] = Seconds(activity.Brownian.TimeUnit),
            ["bounds"] = new JsonArray(Number(activity.Brownian.LowerBound), Number(activity.Brownian.UpperBound)),
        },
        ["seasonal"] = new JsonObject
        {
            ["business_hours"] = new DayHours(activity.Seasonal.BusinessStart, activity.Seasonal.BusinessEnd).ToString(),
            ["business_hours_multiplier"] = Number(activity.Seasonal.BusinessMultiplier),
            ["shoulder"] = Seconds(activity.Seasonal.Shoulder),
            ["shoulder_multiplier"] = Number(activity.Seasonal.ShoulderMultiplier),
            ["night_multiplier"] = Number(activity.Seasonal.NightMultiplier),
            ["weekend_multiplier"] = Number(activity.Seasonal.WeekendMultiplier),
            ["edge"] = Seconds(activity.Seasonal.Edge),
            ["timezone"] = activity.Seasonal.TimeZone.Id,
        },
        ["burst"] = new JsonObject
        {
            ["enabled"] = activity.Burst.Enabled,
            ["interval"] = Seconds(activity.Burst.Interval),
            ["duration"] = Seconds(activity.Burst.Duration),
            ["intensity"] = Number(activity.Burst.Intensity),
        },
    };

    private static JsonObject Workload(WorldOptions world) => new()
    {
        ["sessions_per_hour"] = Number(world.Workload.SessionsPerHour),
        ["min_session"] = Seconds(world.Workload.MinSession),
        ["max_session"] = Seconds(world.Workload.MaxSession),
        ["request_interval"] = Seconds(world.Workload.RequestInterval),
        ["base_session_failure"] = Number(world.Workload.BaseSessionFailure),
        ["give_ups_to_fail"] = world.Workload.GiveUpsToFail,
        ["segments"] = Map(world.Population.Segments, segment => segment.Name, segment => new JsonObject
        {
            ["median"] = Number(segment.MedianSessionSeconds),
            ["sigma"] = Number(segment.SessionSigma),
        }),
    };

    private static JsonObject Backend(WorldOptions world)
    {
        var backend = world.Backend;
        var effective = new QueueingBackend(backend, world.Population.Total, world.Tick);
        return new JsonObject
        {
            ["capacity"] = Number(effective.NominalCapacity),
            ["concurrency"] = effective.Servers,
            ["service_time"] = new JsonObject { ["median"] = Number(backend.ServiceTimeMedian), ["sigma"] = Number(backend.ServiceTimeSigma) },
            ["timeout"] = Seconds(backend.Timeout),
            ["max_queue_delay"] = Seconds(backend.MaxQueueDelay),
            ["retries"] = backend.Retries,
            ["retry_backoff"] = Seconds(backend.RetryBackoff),
            ["shed_cost"] = Number(backend.ShedCost),
            ["base_failure"] = Number(backend.BaseFailure),
        };
    }

    private static JsonObject Telemetry(TelemetryOptions telemetry) => new()
    {
        ["namespace"] = telemetry.Namespace,
        ["style"] = Names.Snake(telemetry.Style.ToString()),
        ["preregister"] = telemetry.Preregister,
        ["created"] = telemetry.Created,
        ["exemplars"] = telemetry.Exemplars,
        ["histograms"] = Names.Snake(telemetry.Histograms.ToString()),
        ["service_version"] = telemetry.ServiceVersion,
        ["session_retention"] = Seconds(telemetry.SessionRetention),
        ["labels"] = new JsonObject
        {
            ["user_id"] = telemetry.Labels.UserId,
            ["user_type"] = telemetry.Labels.UserType,
            ["organization_id"] = telemetry.Labels.OrganizationId,
            ["terminal_type"] = telemetry.Labels.TerminalType,
            ["session_id"] = telemetry.Labels.SessionId,
            ["user_email"] = telemetry.Labels.UserEmail,
            ["user_account_uuid"] = telemetry.Labels.UserAccountUuid,
            ["app_version"] = telemetry.Labels.AppVersion,
            ["start_type"] = telemetry.Labels.StartType,
            ["query_source"] = telemetry.Labels.QuerySource,
            ["effort"] = telemetry.Labels.Effort,
            ["resource_attributes"] = Map(
                telemetry.Labels.ResourceAttributes, attribute => attribute.Name, attribute => ScenarioJson.Texts(attribute.Values)),
        },
        ["quirks"] = new JsonObject
        {
            ["counter_fallback"] = telemetry.Quirks.CounterFallback,
            ["nonzero_start"] = telemetry.Quirks.NonzeroStart,
            ["lost_attributes"] = telemetry.Quirks.LostAttributes,
            ["old_names"] = telemetry.Quirks.OldNames,
        },
    };

    private static JsonObject Logging(LoggingOptions logging) => new()
    {
        ["level"] = Level(logging.Level),
        ["format"] = Names.Snake(logging.Format.ToString()),
        ["handlers"] = new JsonArray([.. logging.Handlers.Select(handler => (JsonNode)(handler is FileHandlerOptions file
            ? new JsonObject
            {
                ["type"] = "file",
                ["level"] = Level(file.Level ?? logging.Level),
                ["path"] = file.Path,
                ["max_bytes"] = file.MaxBytes,
                ["backup_count"] = file.BackupCount,
            }
            : new JsonObject { ["type"] = "console", ["level"] = Level(handler.Level ?? logging.Level) }))]),
    };

    private static string Level(LogLevel level) => level == LogLevel.Information ? "info" : Names.Snake(level.ToString());

    private static JsonNode? Seconds(TimeSpan time) => Limits.Number(time.TotalSeconds);

    // JSON has no infinity; the domain has, for bounds.
    private static JsonNode? Number(double value) => double.IsFinite(value) ? Limits.Number(value) : null;

    private static JsonObject Map<T>(IEnumerable<T> items, Func<T, string> key, Func<T, JsonNode?> value) =>
        new(items.Select(item => KeyValuePair.Create(key(item), value(item))));

    // Maps with names of the user's own are taken as a whole; sections key by key.
    private static void Overlay(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source.ToList())
        {
            source.Remove(key);
            var isSection = key is "backend" or "server" or "telemetry" or "labels" or "logging";
            if (isSection && value is JsonObject section && target[key] is JsonObject old) Overlay(old, section);
            else target[key] = value;
        }
    }
}
