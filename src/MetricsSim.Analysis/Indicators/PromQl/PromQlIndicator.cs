namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>An indicator as a Prometheus can tell it from what was published.</summary>
/// <param name="Name">Its name in assertions.</param>
public sealed record PromQlIndicator(string Name)
{
    /// <summary>The windows within it, simulated seconds, which need at least two scrapes each; 0 if it has none.</summary>
    public double Inner { get; init; }

    /// <summary>What to ask.</summary>
    public required Func<PromQlScope, IReadOnlyList<PromQlQuery>> Queries { get; init; }

    /// <summary>What the answers come to: for each query its points, none where there is no result.</summary>
    public required Func<PromQlScope, IReadOnlyList<IReadOnlyList<PromQlPoint>>, Measured> Read { get; init; }

    /// <summary>Whether two values of it agree: the engine's and Prometheus'. The last argument is the scrape interval, simulated seconds.</summary>
    public required Func<double, double, double, bool> Agree { get; init; }

    /// <summary>Why it can't be told of a part of a run, or null.</summary>
    /// <param name="scope">The part.</param>
    /// <returns>A reason in a sentence.</returns>
    public string? Obstacle(PromQlScope scope)
    {
        if (scope.Obstacle is { } obstacle) return obstacle;
        var clock = scope.Clock;
        if (Inner == 0) return null;
        if (!clock.IsSteady) return "the daemon's clock was paused or changed its speed, and a window in PromQL has one length";
        return clock.Interval * 2 <= Inner + 1e-6
            ? null
            : $"scrape interval too long: windows of {Inner} s need two scrapes each, and they are {clock.Interval:0.#} s of simulated time apart";
    }
}

/// <summary>A question to a Prometheus.</summary>
/// <param name="Expression">PromQL.</param>
/// <param name="From">When, or when first: seconds since the Unix epoch; null is the Prometheus' present.</param>
/// <param name="To">When last, of a range query.</param>
/// <param name="Step">Seconds between, of a range query; null of an instant query.</param>
public sealed record PromQlQuery(string Expression, double? From, double To, double? Step)
{
    /// <summary>An instant query.</summary>
    /// <param name="expression">PromQL.</param>
    /// <param name="time">When, seconds since the Unix epoch.</param>
    /// <returns>The query.</returns>
    public static PromQlQuery At(string expression, double time) => new(expression, time, time, null);

    /// <summary>An instant query at the Prometheus' present.</summary>
    /// <param name="expression">PromQL.</param>
    /// <returns>The query.</returns>
    public static PromQlQuery Now(string expression) => new(expression, null, double.NaN, null);
}

/// <summary>A value at a time.</summary>
/// <param name="Wall">Seconds since the Unix epoch.</param>
/// <param name="Value">The value.</param>
public readonly record struct PromQlPoint(double Wall, double Value);
