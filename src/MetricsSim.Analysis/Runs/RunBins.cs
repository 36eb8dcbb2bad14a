namespace MetricsSim.Analysis.Runs;

/// <summary>A run in few enough bins to be plotted or written down: means and rates of each bin. NaN where there was nothing to measure.</summary>
public sealed record RunBins
{
    /// <summary>End of each bin, seconds since the start.</summary>
    public required double[] Seconds { get; init; }

    /// <summary>Factor on arrivals from scenarios.</summary>
    public required double[] Load { get; init; }

    /// <summary>Sessions in progress.</summary>
    public required double[] ActiveSessions { get; init; }

    /// <summary>API requests ended per second.</summary>
    public required double[] RequestsPerSecond { get; init; }

    /// <summary>Attempts per second that reached the backend.</summary>
    public required double[] OfferedPerSecond { get; init; }

    /// <summary>Successful requests per second.</summary>
    public required double[] GoodputPerSecond { get; init; }

    /// <summary>Requests per second the backend can serve.</summary>
    public required double[] Capacity { get; init; }

    /// <summary>Given-up requests / requests.</summary>
    public required double[] ErrorRate { get; init; }

    /// <summary>Median duration of successful requests, ms.</summary>
    public required double[] P50Milliseconds { get; init; }

    /// <summary>95th percentile, ms.</summary>
    public required double[] P95Milliseconds { get; init; }

    /// <summary>99th percentile, ms.</summary>
    public required double[] P99Milliseconds { get; init; }

    /// <summary>Share of the backend's servers that work, 0–1.</summary>
    public required double[] Utilization { get; init; }

    /// <summary>Work that waits, in requests.</summary>
    public required double[] Backlog { get; init; }

    /// <summary>Cost, USD per hour.</summary>
    public required double[] CostPerHour { get; init; }

    /// <summary>Cuts a run into bins of equal length; the last one may be shorter.</summary>
    /// <param name="series">The run.</param>
    /// <param name="most">Bins at most.</param>
    /// <returns>The bins.</returns>
    public static RunBins Of(RunSeries series, int most)
    {
        var width = (series.Count + most - 1) / most;
        var bins = new List<RunWindow>();
        for (var from = 0; from < series.Count; from += width) bins.Add(new(series, from, Math.Min(series.Count, from + width)));
        double[] Each(Func<RunWindow, double> of) => [.. bins.Select(of)];
        return new RunBins
        {
            Seconds = Each(bin => series.SecondsAt(bin.To)),
            Load = Each(bin => bin.Mean(series.Load)),
            ActiveSessions = Each(bin => bin.Mean(series.ActiveSessions)),
            RequestsPerSecond = Each(bin => bin.Rate(series.Requests)),
            OfferedPerSecond = Each(bin => bin.Rate(series.Attempts)),
            GoodputPerSecond = Each(bin => bin.Goodput),
            Capacity = Each(bin => bin.Mean(series.Capacity)),
            ErrorRate = Each(bin => bin.ErrorRate),
            P50Milliseconds = Each(bin => bin.Duration(0.5) * 1000),
            P95Milliseconds = Each(bin => bin.Duration(0.95) * 1000),
            P99Milliseconds = Each(bin => bin.Duration(0.99) * 1000),
            Utilization = Each(bin => bin.Mean(series.Utilization)),
            Backlog = Each(bin => bin.Mean(series.Backlog)),
            CostPerHour = Each(bin => bin.Rate(series.NanoUsd) / 1e9 * 3600),
        };
    }
}
