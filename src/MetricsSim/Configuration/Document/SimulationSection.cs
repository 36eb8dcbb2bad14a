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

    [Key("Which of N programs this one is, as i/N: each steps the whole world and keeps series of its own users only; those about the world come from the first. Needs a start that is not now.",
        Pattern = "[0-9]+/[0-9]+", PatternText = "i/N such as 2/3", Max = 16)]
    public string Shard { get; init; } = "1/1";
}
