using MetricsSim.Analysis.Learning;
using MetricsSim.Core.Groups;

namespace MetricsSim.Learning;

/// <summary>A group of series that mimics a metric family.</summary>
internal sealed record LearnedGroup
{
    /// <summary>Its id in the configuration.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the metric, of a counter without <c>_total</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public required string Help { get; init; }

    /// <summary>Unit that the name ends in, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Type of the metric.</summary>
    public required GroupType Type { get; init; }

    /// <summary>Its labels.</summary>
    public required LabelPlan Labels { get; init; }

    /// <summary>Number of series.</summary>
    public required long Series { get; init; }

    /// <summary>Law of values, rates or observations per second.</summary>
    public required LearnedLaw Law { get; init; }

    /// <summary>Law of observations, if it has any.</summary>
    public ObservationLaw? Observations { get; init; }

    /// <summary>Upper bounds of buckets, without +Inf.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];

    /// <summary>Quantiles of a summary.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>What is measured, what is assumed, and what can't be mimicked.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
