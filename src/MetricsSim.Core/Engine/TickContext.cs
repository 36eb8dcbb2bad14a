using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Engine;

/// <summary>What is the same for everybody during one tick.</summary>
/// <param name="From">Start of the tick, µs since tick 0.</param>
/// <param name="To">End of the tick, exclusive, µs since tick 0.</param>
/// <param name="Exposure">Expected arrivals in the tick of an enabled user of activity 1.</param>
/// <param name="EnabledShare">Share of users that are enabled, 0–1.</param>
/// <param name="ActivityStep">Number of the activity step at the start of this tick, or −1 when there is none.</param>
/// <param name="WaitMicros">How long an attempt waits for a server of the backend, µs.</param>
/// <param name="Sheds">Whether the backend sheds attempts.</param>
/// <param name="Faults">Faults in force.</param>
internal readonly record struct TickContext(
    long From, long To, double Exposure, double EnabledShare, long ActivityStep, long WaitMicros, bool Sheds, FaultField Faults);
