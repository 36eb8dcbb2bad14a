using System.Text.Json;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;

namespace MetricsSim.Api;

/// <summary>The body of <c>PUT /api/v1/load</c>.</summary>
internal sealed record LoadRequest
{
    /// <summary>Factor on arrivals, 0 to 10000.</summary>
    public required double Multiplier { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static LoadRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new BodyFields(body, errors);
        double? multiplier = fields.Factor("multiplier", 0, SetLoad.Most);
        if (multiplier is null && errors.IsEmpty) errors.Add("multiplier", $"is needed: a number from 0 to {SetLoad.Most}");
        fields.RejectUnknown();
        return new LoadRequest { Multiplier = multiplier ?? 1 };
    }
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
    /// <summary>Slowest speed: a tick of one second then takes 17 minutes.</summary>
    public const double LeastSpeed = 0.001;

    /// <summary>Fastest speed, as in the configuration.</summary>
    public const double MostSpeed = 100_000;

    /// <summary>Simulated time per wall time, 0.001 to 100000.</summary>
    public double? Speed { get; init; }

    /// <summary>Whether the clock stands still.</summary>
    public bool? Paused { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>What could be read.</returns>
    public static ClockRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new BodyFields(body, errors);
        var request = new ClockRequest { Speed = fields.Factor("speed", LeastSpeed, MostSpeed), Paused = fields.Flag("paused") };
        if (request is { Speed: null, Paused: null } && errors.IsEmpty) errors.Add("speed", "is needed, or paused, or both");
        fields.RejectUnknown();
        return request;
    }
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
