using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Api;

/// <summary>The body of <c>POST …/scenarios/{id}/start</c>; all of it is optional.</summary>
internal sealed record StartRequest : PlaySection
{
    private static readonly RecordKind Shape = new(typeof(StartRequest));

    /// <summary>Accepted from clients of older simulators; nothing here analyses a simulation by itself.</summary>
    [Key("Accepted from clients of older simulators.")]
    public bool? AutoAnalyze { get; init; }

    /// <summary>Accepted from clients of older simulators; simulations always run on the daemon's own world.</summary>
    [Key("Accepted from clients of older simulators.")]
    public string? ExecutionMode { get; init; }

    /// <summary>Reads the body of a start.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static StartRequest? Read(JsonElement body, FieldErrors errors) => DeclaredBody.Read<StartRequest>(Shape, body, errors);

    /// <summary>The command for a scenario.</summary>
    /// <param name="scenario">Its id.</param>
    /// <returns>What to send to the world.</returns>
    public StartSimulation ToCommand(string scenario) => new(scenario) { Duration = Duration, Compress = Compress ?? 1, Seed = Seed };
}

/// <summary>The body of <c>POST /scenario</c>.</summary>
internal sealed record SwitchRequest : PlaySection
{
    private static readonly RecordKind Shape = new(typeof(SwitchRequest));

    /// <summary>The scenario to switch to.</summary>
    [Key("The scenario to switch to.", Required = true)]
    public required string Scenario { get; init; }

    /// <summary>Reads the body of a switch.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="world">Whose scenarios there are.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static SwitchRequest? Read(JsonElement body, WorldOptions world, FieldErrors errors) =>
        DeclaredBody.Read<SwitchRequest>(Shape, body, errors, (request, report) =>
        {
            const string Key = $"{DeclaredBody.Root}.scenario";
            if (!report.Failed(Key) && !world.Scenarios.ContainsKey(request.Scenario))
                report.Error(Key, Suggestion.Unknown("scenario", request.Scenario, [.. world.Scenarios.Keys.Order(StringComparer.Ordinal)]));
        });

    /// <summary>The command.</summary>
    /// <returns>What to send to the world.</returns>
    public SwitchScenario ToCommand() => new(Scenario) { Duration = Duration, Compress = Compress ?? 1, Seed = Seed };
}
