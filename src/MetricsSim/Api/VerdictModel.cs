using System.Text.Json.Nodes;
using MetricsSim.Analysis.Indicators;
using MetricsSim.Hosting.Runs;
using MetricsSim.Reports;

namespace MetricsSim.Api;

/// <summary>An assertion, judged.</summary>
internal sealed record VerdictModel
{
    /// <summary>Indicator or PromQL expression.</summary>
    public required string Metric { get; init; }

    /// <summary>As written.</summary>
    public required string Condition { get; init; }

    /// <summary>The last part of the simulation it was judged over; null is all of it.</summary>
    public required double? WindowSeconds { get; init; }

    /// <summary>What was measured: a number, <c>+Inf</c>, or null for nothing.</summary>
    public required JsonNode? Value { get; init; }

    /// <summary>Whether the assertion was shown to hold.</summary>
    public required bool Passed { get; init; }

    /// <summary>passed, failed or not_evaluated.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it failed or what to know, or null.</summary>
    public required string? Reason { get; init; }

    /// <summary>The model of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The model.</returns>
    public static VerdictModel Of(Verdict verdict) => new()
    {
        Metric = verdict.Metric,
        Condition = verdict.Condition,
        WindowSeconds = verdict.Window?.TotalSeconds,
        Value = RunJson.Number(verdict.Value),
        Passed = verdict.Passed,
        Outcome = VerdictText.Outcome(verdict),
        Reason = verdict.Reason,
    };

    /// <summary>How much was judged, on the wire.</summary>
    /// <param name="judgement">The judgement, or null for none.</param>
    /// <returns>whole, part, so_far, or null.</returns>
    public static string? Judged(Judgement? judgement) => judgement?.Over switch
    {
        JudgedOver.Whole => "whole",
        JudgedOver.Part => "part",
        JudgedOver.SoFar => "so_far",
        _ => null,
    };
}
