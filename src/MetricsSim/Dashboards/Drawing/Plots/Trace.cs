using MetricsSim.Dashboards.Drawing.Axes;
using MetricsSim.Dashboards.Drawing.Fields;

namespace MetricsSim.Dashboards.Drawing.Plots;

/// <summary>A field as a plot draws it: at each time from where to where it reaches.</summary>
internal sealed record Trace
{
    /// <summary>The field.</summary>
    public required Field Field { get; init; }

    /// <summary>Seconds since the Unix epoch, ascending.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>What it stands on; zero unless it is stacked.</summary>
    public required IReadOnlyList<double> Lower { get; init; }

    /// <summary>Its value, on top of what it stands on; NaN leaves a gap.</summary>
    public required IReadOnlyList<double> Upper { get; init; }

    /// <summary>Whether it stands on others.</summary>
    public bool Stacked { get; init; }

    /// <summary>Its axis; set once all traces are known.</summary>
    public ValueAxis? Axis { get; init; }

    /// <summary>The stretches without a gap, as first and last index.</summary>
    public IEnumerable<(int First, int Last)> Runs()
    {
        var longest = LongestStep();
        int? first = null;
        var last = 0;
        for (var i = 0; i < Times.Count; i++)
        {
            if (!double.IsFinite(Upper[i])) continue;
            if (first is { } from && Times[i] - Times[last] > longest)
            {
                yield return (from, last);
                first = null;
            }

            first ??= i;
            last = i;
        }

        if (first is { } begun) yield return (begun, last);
    }

    private double LongestStep()
    {
        if (Field.Style["spanNulls"] is var span && span.ValueKind == System.Text.Json.JsonValueKind.True) return double.PositiveInfinity;
        if (span.ValueKind == System.Text.Json.JsonValueKind.Number) return Math.Max(span.GetDouble() / 1000, 1.5 * Field.Series.Step);
        return 1.5 * Field.Series.Step;
    }
}
