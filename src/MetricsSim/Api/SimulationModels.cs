using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Api;

/// <summary>What a start or a switch answers.</summary>
internal sealed record StartResponse
{
    /// <summary><c>sim_</c> and 8 hex digits.</summary>
    public required string SimulationId { get; init; }

    /// <summary>What it plays.</summary>
    public required string ScenarioId { get; init; }

    /// <summary><c>inc_</c> and the same digits: the incident that this simulation's ground truth describes.</summary>
    public required string IncidentId { get; init; }

    /// <summary>running, completed or stopped.</summary>
    public required string Status { get; init; }

    /// <summary>Simulated time of the start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Root causes the scenario expects to be found: 1 if it names one, else 0.</summary>
    public required int HypothesesCount { get; init; }

    /// <summary>Kinds of action the scenario expects to help.</summary>
    public required int ActionsCount { get; init; }

    /// <summary>Whether it runs and has events that change what is published.</summary>
    public required bool MetricsInjected { get; init; }

    /// <summary>The answer for a simulation.</summary>
    /// <param name="simulation">What was started.</param>
    /// <param name="scenario">What it plays.</param>
    /// <returns>The answer.</returns>
    public static StartResponse Of(SimulationStatus simulation, Scenario scenario) => new()
    {
        SimulationId = simulation.SimulationId,
        ScenarioId = simulation.ScenarioId,
        IncidentId = SimulationModel.IncidentOf(simulation),
        Status = SimulationModel.StatusOf(simulation),
        StartedAt = simulation.StartedAt,
        HypothesesCount = scenario.Expected?.RootCause is null ? 0 : 1,
        ActionsCount = scenario.Expected?.ActionTypes.Count ?? 0,
        MetricsInjected = simulation.State == SimulationState.Running && ScenarioImpact.ActsOnWorld(scenario),
    };
}

/// <summary>A simulation, running or ended.</summary>
internal sealed record SimulationModel
{
    /// <summary><c>sim_</c> and 8 hex digits.</summary>
    public required string SimulationId { get; init; }

    /// <summary>What it plays.</summary>
    public required string ScenarioId { get; init; }

    /// <summary><c>inc_</c> and the same digits.</summary>
    public required string IncidentId { get; init; }

    /// <summary>running, completed or stopped.</summary>
    public required string Status { get; init; }

    /// <summary>Simulated time of the start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Simulated time of the end: planned while it runs, then the real one.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Share of its duration that has passed, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>How many times faster than written its timeline plays.</summary>
    public required double Compress { get; init; }

    /// <summary>Timeline entries that have happened.</summary>
    public required int EventsFired { get; init; }

    /// <summary>The next entry, or null.</summary>
    public required NextEventModel? NextEvent { get; init; }

    /// <summary>Its faults in force.</summary>
    public required int ActiveFaults { get; init; }

    /// <summary>How much of it the verdicts are about: whole; part, up to when it was stopped; so_far, while it runs; null before it is judged.</summary>
    public required string? Judged { get; init; }

    /// <summary>Whether every assertion was shown to hold; null before the end.</summary>
    public required bool? Passed { get; init; }

    /// <summary>One for each assertion, in their order; null before it is judged.</summary>
    public required IReadOnlyList<VerdictModel>? Verdicts { get; init; }

    /// <summary>The model of a simulation.</summary>
    /// <param name="simulation">As seen at a tick boundary.</param>
    /// <param name="judgement">What it comes to, or null if that isn't known.</param>
    /// <returns>The model.</returns>
    public static SimulationModel Of(SimulationStatus simulation, Judgement? judgement) => new()
    {
        SimulationId = simulation.SimulationId,
        ScenarioId = simulation.ScenarioId,
        IncidentId = IncidentOf(simulation),
        Status = StatusOf(simulation),
        StartedAt = simulation.StartedAt,
        EndsAt = simulation.EndsAt,
        Progress = simulation.Progress,
        Compress = simulation.Compress,
        EventsFired = simulation.EventsFired,
        NextEvent = simulation.NextEvent is { } next ? new NextEventModel(next.Event, next.Description, next.At) : null,
        ActiveFaults = simulation.ActiveFaults,
        Judged = VerdictModel.Judged(judgement),
        Passed = judgement is null or { Over: JudgedOver.SoFar } ? null : judgement.Passed,
        Verdicts = judgement?.Verdicts.Select(VerdictModel.Of).ToArray(),
    };

    /// <summary>The incident of a simulation: its id with another prefix, so that one can be told from the other.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <returns><c>inc_</c> and 8 hex digits.</returns>
    public static string IncidentOf(SimulationStatus simulation) => "inc_" + simulation.SimulationId["sim_".Length..];

    /// <summary>The state's name on the wire.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <returns>running, completed or stopped.</returns>
    public static string StatusOf(SimulationStatus simulation) => simulation.State.ToString().ToLowerInvariant();
}

/// <summary>The next entry of a running timeline.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Description">The entry's description.</param>
/// <param name="At">Simulated time.</param>
internal sealed record NextEventModel(string Event, string Description, DateTimeOffset At);
