using System.Text.Json;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Configuration.Domain;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Api;

/// <summary>The body of <c>POST /api/v1/faults</c>: the parameters of <c>inject_failure</c> in a scenario file; each type has its own.</summary>
internal sealed record FaultRequest
{
    private static readonly VariantKind Shape = new(typeof(FaultSection), without: "time");

    /// <summary>What breaks.</summary>
    public required string Type { get; init; }

    /// <summary>How long: seconds, or a text like <c>10m</c>; without it, until it is deleted.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why, for the sender's own records.</summary>
    public string? Description { get; init; }

    /// <summary>Share that is hit, in percent.</summary>
    public double? AffectedPercentage { get; init; }

    /// <summary>Model a model_outage is limited to.</summary>
    public string? Model { get; init; }

    /// <summary>Least added delay in ms.</summary>
    public double? MinDelay { get; init; }

    /// <summary>Largest added delay in ms.</summary>
    public double? MaxDelay { get; init; }

    /// <summary>When users whom authentication_failures keep out try again: seconds, or a text.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Resources that run out.</summary>
    public IReadOnlyList<string>? AffectedResources { get; init; }

    /// <summary>Series that a cardinality_explosion adds at most.</summary>
    public int? MaxSeries { get; init; }

    /// <summary>How far clock_skew puts the exporter's clock ahead, in seconds; negative where it is behind.</summary>
    public double? OffsetSeconds { get; init; }

    /// <summary>Reads the body by the rules of scenario files.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="world">Whose models there are.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>The command; of use only if there is no error.</returns>
    public static AddFault? Read(JsonElement body, WorldOptions world, FieldErrors errors)
    {
        AddFault? command = null;
        DeclaredBody.Read<FaultSection>(Shape, body, errors, (section, report) =>
        {
            var converter = new EventConverter(report, [.. world.Models.Select(model => model.Id)]);
            var failure = (InjectFailureEvent)converter.Convert(section, DeclaredBody.Root);
            command = new AddFault(failure.Fault, failure.Duration);
        });
        return command;
    }
}
