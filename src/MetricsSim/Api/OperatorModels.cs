using System.Text.Json;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;

namespace MetricsSim.Api;

/// <summary>The body of <c>PUT /api/v1/load</c>.</summary>
internal sealed record LoadRequest
{
    private static readonly RecordKind Shape = new(typeof(LoadRequest));

    /// <summary>Factor on arrivals, 0 to 10000.</summary>
    [Key("Factor on arrivals.", Required = true, Min = 0, Max = SetLoad.Most)]
    public required double Multiplier { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static LoadRequest? Read(JsonElement body, FieldErrors errors) => DeclaredBody.Read<LoadRequest>(Shape, body, errors);
}

/// <summary>Factors on arrivals.</summary>
/// <param name="Multiplier">The one set by hand; 1 if none is.</param>
/// <param name="Load">The one in effect: that, times the loads of the simulations that run.</param>
internal sealed record LoadModel(double Multiplier, double Load)
{
    /// <summary>The model of the world's load.</summary>
    /// <param name="status">As seen at a tick boundary.</param>
    /// <returns>The model.</returns>
    public static LoadModel Of(WorldStatus status) => new(status.ManualLoad, status.Load);
}

/// <summary>The body of <c>PUT /api/v1/clock</c>; one of both is needed.</summary>
internal sealed record ClockRequest
{
    private static readonly RecordKind Shape = new(typeof(ClockRequest));

    /// <summary>Slowest speed: a tick of one second then takes 17 minutes.</summary>
    public const double LeastSpeed = 0.001;

    /// <summary>Fastest speed, as in the configuration.</summary>
    public const double MostSpeed = 100_000;

    /// <summary>Simulated time per wall time, 0.001 to 100000.</summary>
    [Key("Simulated time per wall time.", Min = LeastSpeed, Max = MostSpeed)]
    public double? Speed { get; init; }

    /// <summary>Whether the clock stands still.</summary>
    [Key("Whether the clock stands still.")]
    public bool? Paused { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static ClockRequest? Read(JsonElement body, FieldErrors errors) => DeclaredBody.Read<ClockRequest>(Shape, body, errors, (request, report) =>
    {
        if (request is { Speed: null, Paused: null } && report.IsClean) report.Error($"{DeclaredBody.Root}.speed", "missing; expected speed, paused or both");
    });
}

/// <summary>How the simulated clock runs.</summary>
/// <param name="Speed">Simulated time per wall time.</param>
/// <param name="Paused">Whether it stands still.</param>
/// <param name="SimulatedTime">What it shows.</param>
/// <param name="Tick">Ticks stepped since the start.</param>
internal sealed record ClockModel(double Speed, bool Paused, DateTimeOffset SimulatedTime, long Tick)
{
    /// <summary>The model of a clock.</summary>
    /// <param name="clock">How it runs.</param>
    /// <param name="status">What the world shows.</param>
    /// <returns>The model.</returns>
    public static ClockModel Of(ClockState clock, WorldStatus status) => new(clock.Speed, clock.Paused, status.SimulatedTime, status.Tick);
}
