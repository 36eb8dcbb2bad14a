using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>simulation</c>.</summary>
internal sealed record SimulationSection
{
    [Key("Key of every random draw.")]
    public ulong Seed { get; init; } = Defaults.World.Seed;

    [Key("Simulated time of the start: a date and time in activity_models.seasonal.timezone, one with Z or an offset, or now.", Min = 1, Max = 40)]
    public string Start { get; init; } = "2026-01-05T10:00:00";

    [Key("Times faster than the wall clock.", Min = 0, AboveMin = true, Max = 100_000)]
    public double Speed { get; init; } = 1;
}
