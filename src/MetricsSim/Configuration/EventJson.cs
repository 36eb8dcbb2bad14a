using System.Reflection;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration;

/// <summary>An event's parameters as JSON in the keys of a scenario file; parameters that weren't given are left out.</summary>
internal static class EventJson
{
    // They hit everything or nobody, and their files have no such key.
    private static readonly IReadOnlyList<string> WithoutShare =
        [.. new[] { typeof(PlainFaultSection), typeof(SkewFaultSection) }.SelectMany(section => section.GetCustomAttribute<VariantAttribute>()!.Names)];

    /// <summary>The parameters that are set.</summary>
    /// <param name="of">The event.</param>
    /// <returns>An object, empty for events without parameters.</returns>
    public static JsonObject Of(ScenarioEvent of)
    {
        var parameters = new JsonObject();
        switch (of)
        {
            case StartEvent start:
                Add(parameters, "user_percentage", start.UserPercentage);
                Add(parameters, "baseline", start.Baseline);
                break;
            case IncreaseLoadEvent load:
                Add(parameters, "multiplier", load.Multiplier);
                Add(parameters, "user_percentage", load.UserPercentage);
                break;
            case BurstLoadEvent burst:
                Add(parameters, "multiplier", burst.Multiplier);
                Add(parameters, "duration", burst.Duration.TotalSeconds);
                break;
            case GrowthSimulationEvent growth:
                Add(parameters, "growth_rate", growth.GrowthRate);
                break;
            case InjectFailureEvent failure:
                AddFault(parameters, failure.Fault);
                Add(parameters, "duration", failure.Duration?.TotalSeconds);
                break;
            case DeployEvent deploy:
                Add(parameters, "version", deploy.Version);
                Add(parameters, "service", deploy.Service);
                break;
        }

        return parameters;
    }

    private static void AddFault(JsonObject parameters, FaultSpec fault)
    {
        Add(parameters, "type", fault.Type.SnakeCase());
        if (!WithoutShare.Contains(fault.Type.SnakeCase())) Add(parameters, "affected_percentage", fault.AffectedPercentage);
        Add(parameters, "model", fault.Model);
        Add(parameters, "min_delay", fault.MinDelayMilliseconds);
        Add(parameters, "max_delay", fault.MaxDelayMilliseconds);
        Add(parameters, "retry_after", fault.RetryAfter?.TotalSeconds);
        Add(parameters, "max_series", fault.MaxSeries);
        Add(parameters, "offset_seconds", fault.OffsetSeconds);
        if (fault.AffectedResources.Count > 0)
            parameters["affected_resources"] = ScenarioJson.Texts(fault.AffectedResources);
    }

    private static void Add(JsonObject parameters, string name, double? value)
    {
        if (value is double number) parameters[name] = Limits.Number(number);
    }

    private static void Add(JsonObject parameters, string name, string? value)
    {
        if (value is not null) parameters[name] = JsonValue.Create(value);
    }
}
