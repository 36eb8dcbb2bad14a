using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Model;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Drawing.Data;

/// <summary>A series that a panel's query gave.</summary>
internal sealed record PanelSeries
{
    /// <summary>The query it is of.</summary>
    public required PanelTarget Target { get; init; }

    /// <summary>What the query says its name is, with <c>{{label}}</c> and variables filled in; empty for none.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Its samples in order of time, at least one.</summary>
    public required IReadOnlyList<PrometheusSample> Samples { get; init; }

    /// <summary>Seconds from one sample to the next where none is missing; 0 of an instant query.</summary>
    public double Step { get; init; }
}

/// <summary>A time that is marked in all plots of a dashboard.</summary>
/// <param name="From">Seconds since the Unix epoch.</param>
/// <param name="To">Its end; the same for a moment.</param>
/// <param name="Kind">Name of the annotation that it is of.</param>
/// <param name="Text">What it is.</param>
/// <param name="Color">Its colour as dashboards write it.</param>
internal sealed record TimeMark(double From, double To, string Kind, string Text, string Color)
{
    /// <summary>Its colour.</summary>
    public Paint Paint => Paint.Parse(Color) ?? new Paint("red");
}
