using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Tests;

/// <summary>Options for worlds whose laws are simple enough to be known in closed form.</summary>
internal static class TestWorlds
{
    /// <summary>No season: a factor of 1 at all times.</summary>
    public static SeasonalOptions NoSeason { get; } =
        new() { BusinessMultiplier = 1, ShoulderMultiplier = 1, NightMultiplier = 1, WeekendMultiplier = 1 };

    /// <summary>Activity is its mean at all times.</summary>
    public static BrownianOptions NoVolatility { get; } = new() { Volatility = 0 };

    /// <summary>One segment of activity 1 without volatility or season: sessions are a Poisson process with one rate a user.</summary>
    public static WorldOptions Homogeneous(int users, ulong seed = 42) => Options(users, seed) with
    {
        Activity = new() { Brownian = NoVolatility, Seasonal = NoSeason },
        Population = new() { Total = users, Segments = [OneSegment(600, 0.6)] },
    };

    /// <summary>The defaults without season.</summary>
    public static WorldOptions Flat(int users, ulong seed = 42) => Options(users, seed) with { Activity = new() { Seasonal = NoSeason } };

    public static WorldOptions Options(int users, ulong seed = 42) => new() { Seed = seed, Population = new() { Total = users } };

    public static SegmentOptions OneSegment(double medianSeconds, double sigma) => new("all_users", 1, 1, 1, null, medianSeconds, sigma);

    /// <summary>The same world whose sessions all but never send a request: for laws of sessions alone.</summary>
    public static WorldOptions WithoutRequests(this WorldOptions options) =>
        options with { Workload = options.Workload with { RequestInterval = TimeSpan.FromDays(10_000) } };

    public static WorldOptions With(this WorldOptions options, params Scenario[] scenarios) =>
        options with { Scenarios = scenarios.ToDictionary(scenario => scenario.Id, StringComparer.Ordinal) };

    /// <summary>A scenario of entries at seconds.</summary>
    public static Scenario Scenario(string id, double seconds, params (double At, ScenarioEvent Event)[] timeline) => new()
    {
        Id = id,
        Name = id,
        Duration = TimeSpan.FromSeconds(seconds),
        Timeline = [.. timeline.Select(entry => new TimelineEntry(TimeSpan.FromSeconds(entry.At), entry.Event, entry.Event.Name))],
    };

    public static World StepSeconds(this World world, double seconds)
    {
        world.Step((long)Math.Round(seconds / world.Options.Tick.TotalSeconds));
        return world;
    }

    public static IEnumerable<Session> Sessions(this World world) => world.Blocks.SelectMany(block => block.Sessions);

    public static long Started(this World world) => world.Status().TotalSessions;

    /// <summary>The length law of a segment.</summary>
    public static Core.Numerics.ClampedLogNormal Lengths(this WorldOptions options, int segment) => new WorkloadLaws(options).SessionLengths[segment];
}
