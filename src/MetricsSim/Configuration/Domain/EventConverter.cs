using MetricsSim.Configuration.Document;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts timeline entries to events.</summary>
internal sealed class EventConverter(Report report, IReadOnlyCollection<string> models)
{
    /// <summary>Converts the event of an entry.</summary>
    public ScenarioEvent Convert(TimelineEntrySection entry, string path)
    {
        if (entry is IncreaseLoadSection { Multiplier: null, UserPercentage: null }
            && !report.Failed($"{path}.multiplier") && !report.Failed($"{path}.user_percentage"))
            report.Error($"{path}.multiplier", "missing; expected multiplier, user_percentage or both");
        return entry switch
        {
            StartSection start => new StartEvent(start.UserPercentage, start.Baseline),
            IncreaseLoadSection load => new IncreaseLoadEvent(load.Multiplier, load.UserPercentage),
            BurstLoadSection burst => new BurstLoadEvent(burst.Multiplier, burst.Duration),
            GrowthSection growth => new GrowthSimulationEvent(growth.GrowthRate),
            RecoverySection => new RecoveryEvent(),
            DeploySection deploy => new DeployEvent(deploy.Version, deploy.Service),
            FaultSection fault => new InjectFailureEvent(Fault(fault, path), fault.Duration),
            _ => throw new NotSupportedException($"No event is known for {entry.GetType()}."),
        };
    }

    private FaultSpec Fault(FaultSection section, string path)
    {
        if (!FaultTypes.TryParse(section.Variant, out var type)) throw new NotSupportedException($"No fault type is known for {section.Variant}.");
        var spec = new FaultSpec { Type = type };
        return section switch
        {
            ModelOutageSection outage => spec with { AffectedPercentage = outage.AffectedPercentage, Model = Model(outage.Model, path) },
            PartialFaultSection partial => spec with { AffectedPercentage = partial.AffectedPercentage },
            ExplosionFaultSection explosion => spec with { AffectedPercentage = explosion.AffectedPercentage, MaxSeries = explosion.MaxSeries },
            SkewFaultSection skew => spec with { OffsetSeconds = skew.OffsetSeconds },
            DelayFaultSection delay => Delay(spec, delay, path),
            AuthenticationFaultSection authentication =>
                spec with { AffectedPercentage = authentication.AffectedPercentage, RetryAfter = authentication.RetryAfter },
            ExhaustionFaultSection exhaustion =>
                spec with { AffectedPercentage = exhaustion.AffectedPercentage, AffectedResources = exhaustion.AffectedResources ?? [] },
            _ => spec,
        };
    }

    private FaultSpec Delay(FaultSpec spec, DelayFaultSection delay, string path)
    {
        if (delay.MinDelay > delay.MaxDelay) report.Error($"{path}.max_delay", $"{delay.MaxDelay} ms is below min_delay, {delay.MinDelay} ms");
        return spec with
        {
            AffectedPercentage = delay.AffectedPercentage,
            MinDelayMilliseconds = delay.MinDelay ?? 0,
            MaxDelayMilliseconds = delay.MaxDelay,
        };
    }

    private string? Model(string? model, string path)
    {
        if (model is not null && models.Count > 0 && !models.Contains(model, StringComparer.Ordinal))
            report.Error($"{path}.model", Suggestion.Unknown("model", model, models));
        return model;
    }
}
