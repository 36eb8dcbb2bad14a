using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Microsoft.Extensions.Logging;

namespace MetricsSim.Tests.Support;

/// <summary>A small catalogue with one of everything.</summary>
internal static class TestScenarios
{
    public static Scenario Rush { get; } = new()
    {
        Id = "rush",
        Name = "Rush",
        Description = "A sale, and an outage in the middle of it.",
        Duration = TimeSpan.FromHours(1),
        Tags = ["load", "sale"],
        Difficulty = "beginner",
        Severity = "high",
        Service = "backend",
        Timeline =
        [
            new(TimeSpan.Zero, new StartEvent(100, 1), "Doors open."),
            new(TimeSpan.FromMinutes(10), new IncreaseLoadEvent(3, null), "The crowd."),
            new(TimeSpan.FromMinutes(20), new BurstLoadEvent(2, TimeSpan.FromMinutes(1)), "A rush."),
            new(TimeSpan.FromMinutes(30), new InjectFailureEvent(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 }, TimeSpan.FromMinutes(5)), "Half of it breaks."),
            new(TimeSpan.FromMinutes(40), new RecoveryEvent(), "Repaired."),
        ],
        Assertions = [new("error_rate", "< 0.05", Comparison.Less, 0.05, TimeSpan.FromMinutes(5))],
        Expected = new("model_outage", "high", ["rollback", "scale"], ["HighErrorRate"]),
        Context = new Dictionary<string, string>(StringComparer.Ordinal) { ["owner"] = "team a" },
    };

    public static Scenario Calm { get; } = new()
    {
        Id = "calm",
        Name = "Calm",
        Duration = TimeSpan.FromMinutes(10),
        Tags = ["baseline"],
        Difficulty = "advanced",
        Severity = "low",
        Timeline = [new(TimeSpan.Zero, new DeployEvent("1.2.3", null), "")],
    };

    public static Scenario Storm { get; } = new()
    {
        Id = "storm",
        Name = "Storm",
        Duration = TimeSpan.FromMinutes(10),
        Timeline =
        [
            new(TimeSpan.FromMinutes(1), new InjectFailureEvent(new FaultSpec { Type = FaultType.ScrapeDelay, MinDelayMilliseconds = 10, MaxDelayMilliseconds = 50 }, null), ""),
        ],
    };

    /// <summary>A configuration with these scenarios, on free ports, silent but for warnings.</summary>
    public static SimulatorConfig Config(int users = 20, double speed = 1) => new()
    {
        World = new WorldOptions
        {
            Population = new PopulationOptions { Total = users },
            Scenarios = new[] { Rush, Calm, Storm }.ToDictionary(scenario => scenario.Id, StringComparer.Ordinal),
        },
        Speed = speed,
        Server = new ServerOptions { Port = 0, MetricsPort = 0 },
        Logging = new LoggingOptions { Level = LogLevel.Warning },
    };
}
