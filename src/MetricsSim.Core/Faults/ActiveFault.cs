using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Faults;

/// <summary>A fault in force, with what decides whom it hits and how far it has come. Its affected set is drawn by key, so it is stable.</summary>
/// <param name="Spec">What it does.</param>
/// <param name="Model">Index of the model it is limited to; −1 when it names none, or one that nobody uses.</param>
/// <param name="Key">Keys the affected set: the same fault hits the same sessions as long as it lasts.</param>
/// <param name="Random">The randomness of the simulation it belongs to.</param>
/// <param name="StartMicros">When it began, µs since tick 0.</param>
/// <param name="LengthMicros">How long it lasts; what grows by itself is spread over this. A fault without an end takes 5 min.</param>
internal sealed record ActiveFault(FaultSpec Spec, int Model, ulong Key, KeyedRandom Random, long StartMicros, long LengthMicros)
{
    /// <summary>Equal steps in which a cascade takes its share.</summary>
    public const int CascadeSteps = 5;

    /// <summary>How long the sessions on a lost part of a cascade fail.</summary>
    public const long CascadeFailureMicros = 30_000_000;

    /// <summary>What attempts fail with in an outage.</summary>
    public ErrorKind Error { get; init; } = ErrorKind.ServiceUnavailable;

    /// <summary>Whether an entity is in the affected set.</summary>
    /// <param name="entity">Key of a session or of a user.</param>
    /// <param name="request">Number of the request, for faults that hit requests rather than sessions.</param>
    public bool Hits(ulong entity, int request = 0) =>
        Spec.AffectedPercentage >= 100 || Place(entity, request) < Spec.AffectedPercentage / 100;

    /// <summary>Where an entity stands in the order in which the fault takes them: it is hit if this is under the affected share.</summary>
    /// <returns>In (0, 1).</returns>
    public double Place(ulong entity, int request = 0) => Random.Draw(entity ^ Key, Purpose.FaultTarget, request).UniformA;

    /// <summary>How long the page of a tick is held back.</summary>
    /// <param name="tick">The tick.</param>
    /// <returns>ms; 0 for a page that is not affected.</returns>
    public double PageDelayMilliseconds(long tick)
    {
        // Draw 0 places entities; ticks would meet the numbers of requests there.
        var block = Random.Draw(Key, Purpose.FaultTarget, tick, 1);
        if (block.UniformA >= Spec.AffectedPercentage / 100) return 0;
        var low = Spec.MinDelayMilliseconds ?? 0;
        return low + (block.UniformB * ((Spec.MaxDelayMilliseconds ?? low) - low));
    }

    /// <summary>Steps of a cascade that have happened: the first with its start, then one each fifth of its length.</summary>
    /// <returns>1 to 5.</returns>
    public int StepsAt(long micros) => (int)Math.Min(CascadeSteps, 1 + ((micros - StartMicros) / Math.Max(1, LengthMicros / CascadeSteps)));

    /// <summary>When a step of a cascade happens.</summary>
    /// <param name="step">0 to 4.</param>
    public long StepMicros(int step) => StartMicros + (step * (LengthMicros / CascadeSteps));

    /// <summary>Share of the capacity that is left.</summary>
    /// <param name="micros">Time, µs since tick 0.</param>
    /// <returns>0 to 1.</returns>
    public double CapacityAt(long micros)
    {
        var lost = Spec.AffectedPercentage / 100;
        return Spec.Type switch
        {
            FaultType.CascadeFailure => 1 - (lost * StepsAt(micros) / CascadeSteps),
            // A resource runs out over the first half of the fault and stays gone for the second.
            FaultType.ResourceExhaustion => 1 - (lost * Math.Min(1, 2.0 * (micros - StartMicros) / LengthMicros)),
            _ => 1,
        };
    }
}
