using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration.Domain;

/// <summary>Turns the document into the domain, and checks what no key can check by itself.</summary>
internal static class ConfigConverter
{
    /// <summary>Converts all but the catalogue of scenarios.</summary>
    /// <param name="document">The document.</param>
    /// <param name="report">Takes findings.</param>
    /// <param name="time">What <c>start: now</c> asks.</param>
    /// <returns>The configuration; of use only if the report is clean.</returns>
    public static SimulatorConfig Convert(ConfigDocument document, Report report, TimeProvider time)
    {
        var activity = ActivityConverter.Convert(document.ActivityModels, report);
        var population = PopulationConverter.Convert(document.Users, document.Workload, report);
        var telemetry = TelemetryConverter.Convert(document.Telemetry, report);
        CheckSize(document, telemetry.Labels, report);
        var tick = ServerConverter.Tick(document.Server, report);
        var groups = new SeriesGroupConverter(tick, report).Convert(document.SeriesGroups);
        GroupNames.Check(groups, telemetry, report);
        return new SimulatorConfig
        {
            World = new WorldOptions
            {
                Seed = document.Simulation.Seed,
                Start = StartConverter.Convert(document.Simulation.Start, activity.Seasonal.TimeZone, report, time),
                Tick = tick,
                Population = population,
                Activity = activity,
                Workload = WorkloadConverter.Convert(document.Workload, document.Users, report),
                Models = ModelsConverter.Convert(document.ModelDistribution, document.CostsPer1kTokens, report),
                Backend = BackendConverter.Convert(document.Backend, report),
                SeriesGroups = groups,
                AmbientFaults = AmbientFaultConverter.Convert(document.FaultInjection, report),
                Telemetry = telemetry with { Shard = ShardOf(document.Simulation, report) },
                Scenarios = new Dictionary<string, Scenario>(StringComparer.Ordinal),
            },
            Speed = Speed(document, report),
            Server = ServerConverter.Convert(document.Server, report),
            Logging = LoggingConverter.Convert(document, report),
            RemoteWrite = RemoteWriteConverter.Convert(document.Push.RemoteWrite, report),
            Otlp = OtlpConverter.Convert(document.Push.Otlp, document.Integrations.Otel, report),
            PushGateway = PushGatewayConverter.Convert(document.Integrations.Prometheus, report),
            Document = document,
        };
    }

    /// <summary>Checks shares that must add up.</summary>
    /// <param name="shares">The shares.</param>
    /// <param name="path">Key of the map.</param>
    /// <param name="report">Takes an error.</param>
    public static void CheckSum(IReadOnlyCollection<double> shares, string path, Report report)
    {
        // A session keeps its segment and its model in a byte each.
        const int Most = 256;
        if (shares.Count > Most) report.Error(path, $"expected at most {Most} shares, got {shares.Count}");
        var sum = shares.Sum();
        if (!report.Failed(path) && Math.Abs(sum - 1) > 1e-6)
            report.Error(path, $"shares must add up to 1 (within 1e-6), got {Math.Round(sum, 9)}");
    }

    /// <summary>The widest family, tokens, must fit one array: a series for each user, model, type, query source and effort.</summary>
    private static void CheckSize(ConfigDocument document, LabelOptions labels, Report report)
    {
        if (!labels.UserId && !labels.UserEmail && !labels.UserAccountUuid) return;
        var leaves = 4L * document.ModelDistribution.Count * (labels.QuerySource ? 3 : 1) * (labels.Effort ? 3 : 1);
        var most = Array.MaxLength / Math.Max(leaves, 20);
        if (document.Users.Total <= most || report.Failed("users.total")) return;
        report.Error(
            "users.total",
            $"{document.Users.Total} users with a series of their own for {document.ModelDistribution.Count} models are too many; allowed are {most}, or any number with telemetry.labels.user_id (user_email, user_account_uuid) false");
    }

    private static Shard ShardOf(SimulationSection simulation, Report report)
    {
        const string Path = "simulation.shard";
        if (report.Failed(Path)) return Shard.Whole;
        if (!Shard.TryParse(simulation.Shard, out var shard))
            report.Error(Path, $"expected i/N with 1 ≤ i ≤ N ≤ {Shard.Most}, got {Quoting.Quote(simulation.Shard, quotes: false)}");
        else if (!shard!.IsWhole && simulation.Start == "now")
            report.Error("simulation.start", "expected a date and time: shards that each begin at their own now are not of one world");
        return shard ?? Shard.Whole;
    }

    private static double Speed(ConfigDocument document, Report report)
    {
        const double FastSpeed = 10;
        if (!document.Development.FastMode) return document.Simulation.Speed;
        if (!report.IsSet("simulation.speed")) return FastSpeed;
        report.Warn("development.fast_mode", $"simulation.speed is given and wins: {document.Simulation.Speed}");
        return document.Simulation.Speed;
    }
}
