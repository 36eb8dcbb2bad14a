using System.Text.Json;
using System.Text.Json.Nodes;
using MetricsSim.Configuration;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>What <c>run --live</c> reads of a daemon, and asks of it.</summary>
/// <param name="daemon">The daemon.</param>
internal sealed class DaemonState(DaemonClient daemon)
{
    private const string Simulations = "api/v1/simulator/simulations";

    /// <summary>Its address, to show.</summary>
    public string Url => daemon.Url;

    /// <summary>Reads its configuration: the world it simulates and its catalogue.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>The configuration.</returns>
    public async Task<SimulatorConfig> ConfigAsync(CancellationToken stop)
    {
        await daemon.GetAsync("ready", stop);
        // JSON is YAML, and the effective configuration reads back as itself.
        var text = (await daemon.GetAsync("config", stop)).GetRawText();
        var read = ConfigLoader.Parse(text, "its configuration", [], []);
        return read.Config ?? throw new CtlException(ExitCodes.MissingDependency, [$"the daemon at {Url} is of another version: {read.Errors[0]}"]) { IsFinal = true };
    }

    /// <summary>Reads its clock.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>The clock.</returns>
    public async Task<DaemonClock> ClockAsync(CancellationToken stop)
    {
        var clock = await daemon.GetAsync("api/v1/clock", stop);
        return new(
            clock.GetProperty("simulated_time").GetDateTimeOffset(), clock.GetProperty("tick").GetInt64(), clock.GetProperty("speed").GetDouble(),
            clock.GetProperty("paused").GetBoolean());
    }

    /// <summary>Reads the ids of the simulations that run.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>The scenarios that run.</returns>
    public async Task<IReadOnlyList<string>> RunningAsync(CancellationToken stop) =>
        [.. (await daemon.GetAsync(Simulations, stop)).EnumerateArray().Select(DaemonSimulation.Of).Where(one => one.IsRunning).Select(one => one.ScenarioId)];

    /// <summary>Starts a scenario. It isn't given up on the way: a simulation that nobody knows of would be left behind.</summary>
    /// <param name="id">The scenario.</param>
    /// <param name="request">How.</param>
    /// <returns>Id of the simulation.</returns>
    public async Task<string> StartAsync(string id, LiveRequest request)
    {
        var body = new KeyValuePair<string, JsonNode?>[]
        {
            new("duration", request.Duration is { } duration ? JsonValue.Create(duration.TotalSeconds) : null),
            new("compress", request.Compress is { } compress ? JsonValue.Create(compress) : null),
            new("seed", request.Seed is { } seed ? JsonValue.Create(seed) : null),
        };
        var started = await daemon.SendAsync(HttpMethod.Post, $"api/v1/simulator/scenarios/{Uri.EscapeDataString(id)}/start", body, CancellationToken.None);
        return started.GetProperty("simulation_id").GetString()!;
    }

    /// <summary>Reads a simulation.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>How it is.</returns>
    public async Task<DaemonSimulation> SimulationAsync(string id, CancellationToken stop) => DaemonSimulation.Of(await daemon.GetAsync($"{Simulations}/{id}", stop));

    /// <summary>Stops a simulation.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="stop">Gives up.</param>
    public Task StopAsync(string id, CancellationToken stop) => daemon.SendAsync(HttpMethod.Post, $"{Simulations}/{id}/stop", [], stop);

    /// <summary>Reads the ground truth of a simulation.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>An array of incidents, or null if the daemon doesn't tell it.</returns>
    public async Task<JsonElement?> TruthAsync(string id, CancellationToken stop)
    {
        try
        {
            return await daemon.GetAsync($"api/v1/ground-truth?simulation={id}", stop);
        }
        catch (CtlException e) when (e.Status == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}

/// <summary>A daemon's simulated clock.</summary>
/// <param name="Simulated">What it shows.</param>
/// <param name="Tick">Ticks stepped.</param>
/// <param name="Speed">Simulated seconds per wall second.</param>
/// <param name="Paused">Whether it stands still.</param>
internal sealed record DaemonClock(DateTimeOffset Simulated, long Tick, double Speed, bool Paused);

/// <summary>A simulation of a daemon.</summary>
internal sealed record DaemonSimulation
{
    /// <summary>What it plays.</summary>
    public required string ScenarioId { get; init; }

    /// <summary>running, completed or stopped.</summary>
    public required string Status { get; init; }

    /// <summary>Simulated time of its start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Simulated time of its end.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Share that has passed, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>Timeline entries that have happened.</summary>
    public required int EventsFired { get; init; }

    /// <summary>Faults in force.</summary>
    public required int ActiveFaults { get; init; }

    /// <summary>The next event and its simulated time, or null.</summary>
    public required (string Event, DateTimeOffset At)? Next { get; init; }

    /// <summary>Whether its timeline plays.</summary>
    public bool IsRunning => Status == "running";

    /// <summary>Reads a simulation.</summary>
    /// <param name="json">As the API has it.</param>
    /// <returns>The simulation.</returns>
    public static DaemonSimulation Of(JsonElement json) => new()
    {
        ScenarioId = json.GetProperty("scenario_id").GetString()!,
        Status = json.GetProperty("status").GetString()!,
        StartedAt = json.GetProperty("started_at").GetDateTimeOffset(),
        EndsAt = json.GetProperty("ends_at").GetDateTimeOffset(),
        Progress = json.GetProperty("progress").GetDouble(),
        EventsFired = json.GetProperty("events_fired").GetInt32(),
        ActiveFaults = json.GetProperty("active_faults").GetInt32(),
        Next = json.GetProperty("next_event") is { ValueKind: JsonValueKind.Object } next
            ? (next.GetProperty("event").GetString()!, next.GetProperty("at").GetDateTimeOffset())
            : null,
    };
}
