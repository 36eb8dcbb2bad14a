using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Document;

/// <summary>How a scenario is played: the bodies of a start and a switch, and the flags of the commands that play.</summary>
internal abstract record PlaySection
{
    /// <summary>End after this much of the timeline: seconds, or a text like <c>10m</c>.</summary>
    [Key("End after this much of the timeline.", Min = 0, AboveMin = true)]
    public TimeSpan? Duration { get; init; }

    /// <summary>How many times faster than written the timeline plays, 0.01 to 10000; rates stay as they are.</summary>
    [Key("How many times faster than written the timeline plays.", Min = StartSimulation.LeastCompress, Max = StartSimulation.MostCompress)]
    public double? Compress { get; init; }

    /// <summary>Keys this simulation's own draws; without it, the world's seed does.</summary>
    [Key("Keys this simulation's own draws.")]
    public ulong? Seed { get; init; }
}
