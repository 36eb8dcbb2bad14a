using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Faults;

/// <summary>A fault in force, with what decides whom it hits.</summary>
/// <param name="Spec">What it does.</param>
/// <param name="Model">Index of the model it is limited to, or −1.</param>
/// <param name="Key">Keys the affected set: the same fault hits the same sessions as long as it lasts.</param>
/// <param name="Random">The randomness of the simulation it belongs to.</param>
internal sealed record ActiveFault(FaultSpec Spec, int Model, ulong Key, KeyedRandom Random)
{
    /// <summary>What the fault makes of an attempt.</summary>
    /// <param name="session">Key of the session.</param>
    /// <param name="model">Index of the session's model.</param>
    /// <returns>The error, or <see cref="ErrorKind.None"/> when it is not hit.</returns>
    public ErrorKind Strike(ulong session, int model) => Spec.Type switch
    {
        FaultType.TotalOutage => ErrorKind.ServiceUnavailable,
        FaultType.ModelOutage when (Model < 0 || Model == model) && Hits(session) => ErrorKind.ServiceUnavailable,
        _ => ErrorKind.None,
    };

    private bool Hits(ulong session)
    {
        var share = Spec.AffectedPercentage / 100;
        return share >= 1 || (share > 0 && Random.Draw(session ^ Key, Purpose.FaultTarget).UniformA < share);
    }
}
