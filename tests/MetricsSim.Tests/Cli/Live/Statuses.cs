using MetricsSim.Core.Engine;

namespace MetricsSim.Tests.Cli.Live;

/// <summary>Made-up readings of a world.</summary>
internal static class Statuses
{
    /// <summary>A world that has answered 9 requests a second, one in ten in vain, at 1000 tokens and 0.01 USD each.</summary>
    /// <param name="second">Seconds since the start.</param>
    /// <param name="simulations">What plays.</param>
    /// <returns>A reading.</returns>
    public static WorldStatus At(int second, params SimulationStatus[] simulations) => new()
    {
        Tick = second,
        SimulatedTime = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero).AddSeconds(second),
        Users = 100,
        EnabledUsers = 80,
        ActiveSessions = 138,
        TotalSessions = second,
        TotalRequests = 9L * second,
        TotalErrors = 9L * second / 10,
        TotalTokens = 9000L * second,
        TotalCost = 0.09 * second,
        AverageActivity = 1,
        Load = 3,
        ActiveFaults = simulations.Sum(simulation => simulation.ActiveFaults),
        CurrentScenario = simulations.Length > 0 ? simulations[0].ScenarioId : null,
        Simulations = simulations,
    };

    /// <summary>A simulation that runs.</summary>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="faults">Faults in force.</param>
    /// <param name="next">Name of the next event, in 65 s; null if there is none.</param>
    /// <returns>Its status.</returns>
    public static SimulationStatus Running(string scenario, int faults = 0, string? next = null)
    {
        var start = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
        return new(
            "sim_00000001", scenario, SimulationState.Running, start, start.AddHours(4), 0.5, 1, 1,
            next is null ? null : new NextEvent(next, "", start.AddSeconds(65)), faults);
    }
}
