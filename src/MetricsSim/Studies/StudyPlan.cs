using MetricsSim.Configuration;
using MetricsSim.Core.Series;

namespace MetricsSim.Studies;

/// <summary>What a study does.</summary>
internal sealed record StudyPlan
{
    /// <summary>Labels of the target, in its history as in its scrapes, so that these are the same series.</summary>
    public static readonly IReadOnlyList<Label> Target = [new("job", "metricssim"), new("instance", "localhost:8001")];

    /// <summary>Everything but the number of users.</summary>
    public required SimulatorConfig Config { get; init; }

    /// <summary>Series at each size, ascending.</summary>
    public required IReadOnlyList<long> Sizes { get; init; }

    /// <summary>How much history is on disk.</summary>
    public required TimeSpan History { get; init; }

    /// <summary>From each sample to the next, in the history and when it scrapes.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How often a query is asked after the first time.</summary>
    public required int Repeat { get; init; }

    /// <summary>How often it scrapes after the first time.</summary>
    public required int Scrapes { get; init; }

    /// <summary>Path of the program.</summary>
    public required string Server { get; init; }

    /// <summary>Where directories are made and taken away again.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Threads that step and encode; 0 leaves it to the population.</summary>
    public required int Threads { get; init; }
}
