using MetricsSim.Configuration.Document;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Workload;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>fault_injection</c>.</summary>
internal static class AmbientFaultConverter
{
    private const string Types = "fault_injection.types";

    private static readonly Dictionary<string, ErrorKind> Errors = ErrorKinds.OfRequests.ToDictionary(kind => kind.Label(), StringComparer.Ordinal);

    /// <summary>Converts it; what is switched off is checked all the same.</summary>
    public static IReadOnlyList<AmbientFault> Convert(FaultInjectionSection section, Report report)
    {
        var types = section.Types;
        CheckDelay(types.NetworkLatency, report);
        var errors = ErrorTypes(types.ModelErrors, report);
        if (!section.Enabled) return [];
        AmbientFault[] all =
        [
            new(
                New(FaultType.NetworkLatency) with
                {
                    MinDelayMilliseconds = types.NetworkLatency.MinDelay, MaxDelayMilliseconds = types.NetworkLatency.MaxDelay,
                },
                types.NetworkLatency.Probability),
            new(New(FaultType.ModelOutage), types.ModelErrors.Probability) { Errors = errors },
            new(New(FaultType.AuthenticationFailures) with { RetryAfter = types.AuthenticationFailures.RetryAfter }, types.AuthenticationFailures.Probability),
            new(New(FaultType.ResourceExhaustion) with { AffectedResources = types.ResourceExhaustion.AffectedResources }, types.ResourceExhaustion.Probability),
        ];
        return all;
    }

    private static FaultSpec New(FaultType type) => new() { Type = type, AffectedPercentage = AmbientFault.DefaultPercentage };

    private static void CheckDelay(AmbientLatencySection latency, Report report)
    {
        const string Path = $"{Types}.network_latency";
        if (latency.MinDelay <= latency.MaxDelay || report.Failed(Path)) return;
        report.Error(report.FirstSet($"{Path}.max_delay", $"{Path}.min_delay"), "max_delay is below min_delay");
    }

    private static List<ErrorKind> ErrorTypes(AmbientErrorsSection section, Report report)
    {
        var kinds = new List<ErrorKind>();
        for (var i = 0; i < section.ErrorTypes.Count; i++)
        {
            if (Errors.TryGetValue(section.ErrorTypes[i], out var kind)) kinds.Add(kind);
            else report.Error($"{Types}.model_errors.error_types[{i}]", Suggestion.Unknown("error type", section.ErrorTypes[i], Errors.Keys));
        }

        return kinds;
    }
}
