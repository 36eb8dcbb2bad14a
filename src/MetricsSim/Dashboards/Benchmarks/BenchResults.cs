namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>What was measured, and whether it is fast enough; the shape of the JSON file.</summary>
internal sealed record BenchReport
{
    /// <summary>End of the time shown.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Through what dashboards were loaded.</summary>
    public required IReadOnlyList<BenchServer> Servers { get; init; }

    /// <summary>Connections at once.</summary>
    public int Connections { get; init; } = BenchPlan.Connections;

    /// <summary>What the times are held against.</summary>
    public required BenchTargets Targets { get; init; }

    /// <summary>The dashboards.</summary>
    public required IReadOnlyList<BoardResult> Dashboards { get; init; }

    /// <summary>Queries by class.</summary>
    public required IReadOnlyList<ClassResult> Classes { get; init; }

    /// <summary>Whether everything is fast enough and nothing failed.</summary>
    public required bool Passed { get; init; }
}

/// <summary>Through what dashboards were loaded.</summary>
/// <param name="Via"><c>prometheus</c> or <c>grafana</c>.</param>
/// <param name="Address">Its address.</param>
internal sealed record BenchServer(string Via, string Address);

/// <summary>What times are held against.</summary>
/// <param name="DashboardMs">Longest load of a dashboard that shows <paramref name="TimeRange"/>.</param>
/// <param name="TimeRange">That range.</param>
/// <param name="Panels">Panels that it should not have more of.</param>
/// <param name="QueryMs">Longest time of a query by class.</param>
internal sealed record BenchTargets(double DashboardMs, string TimeRange, int Panels, IReadOnlyDictionary<string, double> QueryMs);

/// <summary>A dashboard.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Title">Its title.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Panels">How many panels it has.</param>
/// <param name="Loads">Its loads, by server and range.</param>
internal sealed record BoardResult(string Uid, string Title, string Source, int Panels, IReadOnlyList<LoadResult> Loads);

/// <summary>Loads of a dashboard through a server at a range.</summary>
internal sealed record LoadResult
{
    /// <summary>Through what.</summary>
    public required string Via { get; init; }

    /// <summary>The range.</summary>
    public required string Range { get; init; }

    /// <summary>From the first query of a variable to the last byte of the last panel; null where it failed.</summary>
    public Timing? Load { get; init; }

    /// <summary>The part of it that variables took.</summary>
    public Timing? Variables { get; init; }

    /// <summary>The longest it may take; null at ranges that have no target.</summary>
    public double? LimitMs { get; init; }

    /// <summary>Whether the load is fast enough; not whether its queries are.</summary>
    public required bool Passed { get; init; }

    /// <summary>Why there are no panels: a variable has no answer.</summary>
    public string? Error { get; init; }

    /// <summary>Its panels, those without queries left out.</summary>
    public IReadOnlyList<PanelResult> Panels { get; init; } = [];
}

/// <summary>A panel, or an annotation.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its title, variables filled in.</param>
/// <param name="Type">Its type.</param>
/// <param name="Timing">From the start of its first request to the end of its last; null where one failed.</param>
/// <param name="Passed">Whether all of its queries passed.</param>
/// <param name="Queries">Its queries.</param>
internal sealed record PanelResult(int Id, string Title, string Type, Timing? Timing, bool Passed, IReadOnlyList<QueryResult> Queries);

/// <summary>A query of a panel.</summary>
internal sealed record QueryResult
{
    /// <summary>Its name in the panel.</summary>
    public required string RefId { get; init; }

    /// <summary>PromQL, variables filled in.</summary>
    public required string Expression { get; init; }

    /// <summary>Its class, as the configuration names it.</summary>
    public required string Class { get; init; }

    /// <summary>Seconds between points; null for an instant query.</summary>
    public double? StepSeconds { get; init; }

    /// <summary>How long it took; null where it failed.</summary>
    public Timing? Timing { get; init; }

    /// <summary>The longest it may take.</summary>
    public required double LimitMs { get; init; }

    /// <summary>Whether it is fast enough.</summary>
    public required bool Passed { get; init; }

    /// <summary>Samples that the server read for it; null where it does not say.</summary>
    public long? Samples { get; init; }

    /// <summary>Most samples that it had in memory at a time.</summary>
    public long? PeakSamples { get; init; }

    /// <summary>Series that its selectors find in the range; null where the server does not say.</summary>
    public long? SeriesTouched { get; init; }

    /// <summary>Series of the result.</summary>
    public int ResultSeries { get; init; }

    /// <summary>Points of the result.</summary>
    public long Points { get; init; }

    /// <summary>Bytes of the answer.</summary>
    public int Bytes { get; init; }

    /// <summary>Why there is no result.</summary>
    public string? Error { get; init; }
}

/// <summary>Queries of a class through a server at a range.</summary>
/// <param name="Via">Through what.</param>
/// <param name="Range">The range.</param>
/// <param name="Class">The class, as the configuration names it.</param>
/// <param name="Queries">How many there are.</param>
/// <param name="Timing">Their times together; the slowest of the first ones. Null where all failed.</param>
/// <param name="LimitMs">The longest that one may take.</param>
/// <param name="Misses">How many took longer, or failed.</param>
internal sealed record ClassResult(string Via, string Range, string Class, int Queries, Timing? Timing, double LimitMs, int Misses)
{
    /// <summary>Whether all were fast enough.</summary>
    public bool Passed => Misses == 0;
}
