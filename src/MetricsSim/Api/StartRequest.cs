using System.Text.Json;
using MetricsSim.Core.Engine;

namespace MetricsSim.Api;

/// <summary>The body of <c>POST …/scenarios/{id}/start</c>; all of it is optional.</summary>
internal record StartRequest
{
    /// <summary>End after this much of the timeline: seconds, or a text like <c>10m</c>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many times faster than written the timeline plays, 0.01 to 10000; rates stay as they are.</summary>
    public double? Compress { get; init; }

    /// <summary>Keys this simulation's own draws; without it, the world's seed does.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Accepted from clients of older simulators; nothing here analyses a simulation by itself.</summary>
    public bool? AutoAnalyze { get; init; }

    /// <summary>Accepted from clients of older simulators; simulations always run on the daemon's own world.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>Reads the body of a start.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static StartRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new BodyFields(body, errors);
        var request = new StartRequest
        {
            Duration = fields.Duration("duration"),
            Compress = fields.Factor("compress", StartSimulation.LeastCompress, StartSimulation.MostCompress),
            Seed = fields.Seed("seed"),
            AutoAnalyze = fields.Flag("auto_analyze"),
            ExecutionMode = fields.Text("execution_mode"),
        };
        fields.RejectUnknown();
        return request;
    }

    /// <summary>The command for a scenario.</summary>
    /// <param name="scenario">Its id.</param>
    /// <returns>What to send to the world.</returns>
    public StartSimulation ToCommand(string scenario) => new(scenario) { Duration = Duration, Compress = Compress ?? 1, Seed = Seed };
}

/// <summary>The body of <c>POST /scenario</c>.</summary>
internal sealed record SwitchRequest
{
    /// <summary>The scenario to switch to.</summary>
    public required string Scenario { get; init; }

    /// <summary>End after this much of the timeline: seconds, or a text like <c>10m</c>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many times faster than written the timeline plays, 0.01 to 10000; rates stay as they are.</summary>
    public double? Compress { get; init; }

    /// <summary>Keys this simulation's own draws; without it, the world's seed does.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Reads the body of a switch.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="world">Whose scenarios there are.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static SwitchRequest Read(JsonElement body, WorldOptions world, FieldErrors errors)
    {
        var fields = new BodyFields(body, errors);
        int before = errors.Count;
        string? scenario = fields.Text("scenario");
        if (scenario is null && errors.Count == before) errors.Add("scenario", "is needed: the id of a scenario");
        if (scenario is not null && !world.Scenarios.ContainsKey(scenario))
            errors.Add("scenario", $"is not known; known are {string.Join(", ", world.Scenarios.Keys.Order(StringComparer.Ordinal))}");
        var request = new SwitchRequest
        {
            Scenario = scenario ?? "",
            Duration = fields.Duration("duration"),
            Compress = fields.Factor("compress", StartSimulation.LeastCompress, StartSimulation.MostCompress),
            Seed = fields.Seed("seed"),
        };
        fields.RejectUnknown();
        return request;
    }

    /// <summary>The command.</summary>
    /// <returns>What to send to the world.</returns>
    public SwitchScenario ToCommand() => new(Scenario) { Duration = Duration, Compress = Compress ?? 1, Seed = Seed };
}
