using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Faults;

/// <summary>A kind of fault that happens in the background, by chance (config: <c>fault_injection.types</c>).</summary>
/// <param name="Spec">What it does; it touches <see cref="DefaultPercentage"/> of the sessions unless said.</param>
/// <param name="Probability">Chance per simulated minute that one begins, 0–1.</param>
public sealed record AmbientFault(FaultSpec Spec, double Probability)
{
    /// <summary>Share of sessions that one touches, in percent.</summary>
    public const double DefaultPercentage = 5;

    /// <summary>How long one lasts.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Errors that attempts fail with, one drawn for each that begins (<see cref="FaultType.ModelOutage"/>).</summary>
    public IReadOnlyList<ErrorKind> Errors { get; init; } = [ErrorKind.ServiceUnavailable];
}
