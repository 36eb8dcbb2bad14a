namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>The indicators of design §6 in PromQL, over published metrics only, with how far they may be from the engine's.</summary>
public static class PromQlTable
{
    private const double LeastGoodput = 0.8;

    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, PromQlIndicator> All { get; } = new[]
    {
        Simple("error_rate", scope => PromQlText.ErrorRate(scope.Names, scope.Range), "no request ended", Within(0.02, 0.002)),
        Simple(
            "avg_session_duration", scope => PromQlText.Ratio(scope.Names.SessionSeconds, scope.Names.EndedSessions, scope.Range), "no session ended",
            Within(0.05, 1)),
        Simple("p99_latency", scope => $"1000 * {PromQlText.Quantile(scope.Names, 0.99, scope.Range)}", "no request succeeded", Within(0.2, 0)),
        Simple("response_time", scope => $"1000 * {PromQlText.Quantile(scope.Names, 0.95, scope.Range)}", "no request succeeded", Within(0.2, 0)),
        Simple("resource_utilization", scope => PromQlText.Mean(scope.Names.Utilization, scope.Range), "there are no samples", Within(0.05, 0.02)),
        Simple("cost_efficiency", CostEfficiency, "no tokens in the baseline or in the window", Within(0.05, 0)),
        Simple("breaking_point", BreakingPoint, "no 30 s with requests and an error rate under 5 %", Within(0.1, 2)) with { Inner = 30 },
        Simple("graceful_degradation", Degradation, "not reached: no 60 s with a backlog throughout", Within(0, 0)) with { Inner = 60, Read = Degraded },
        Simple("data_loss", Resets, "there are no samples", (engine, promql, _) => (engine > 0) == (promql > 0)),
        PromQlRecovery.Indicator,
    }.ToDictionary(indicator => indicator.Name, StringComparer.Ordinal);

    /// <summary>Equal to a share of the engine's value, or to an amount, whichever is more; both NaN, or both infinite, agree.</summary>
    internal static Func<double, double, double, bool> Within(double share, double amount) => (engine, promql, _) =>
        engine.Equals(promql) || Math.Abs(engine - promql) <= Math.Max(share * Math.Abs(engine), amount);

    private static PromQlIndicator Simple(string name, Func<PromQlScope, string> expression, string otherwise, Func<double, double, double, bool> agree) => new(name)
    {
        Queries = scope => [PromQlQuery.At(expression(scope), scope.To.Wall)],
        Read = (_, answers) => answers[0] is [var only] && !double.IsNaN(only.Value) ? new(only.Value) : new(double.NaN, otherwise),
        Agree = agree,
    };

    private static string CostEfficiency(PromQlScope scope)
    {
        var (begin, end) = (scope.Clock.At(0), scope.Clock.At(scope.Run.Seconds(scope.Run.Plan.BaselineTicks)));
        var baseline = PromQlText.Ratio(scope.Names.Cost, scope.Names.Tokens, PromQlScope.Duration(end.Wall - begin.Wall), $" @ {PromQlScope.Time(end.Wall)}");
        return $"({baseline}) / ({PromQlText.Ratio(scope.Names.Cost, scope.Names.Tokens, scope.Range)})";
    }

    private static string BreakingPoint(PromQlScope scope)
    {
        var range = scope.Simulated(30);
        return Over(scope, 30, "max_over_time", $"{PromQlText.Mean(scope.Names.ActiveSessions, range)} and ({PromQlText.ErrorRate(scope.Names, range)} < 0.05)");
    }

    /// <summary>Attempts aren't published: more was offered than could be served where work waited throughout.</summary>
    private static string Degradation(PromQlScope scope)
    {
        var range = scope.Simulated(60);
        var goodput = PromQlText.Increase(scope.Names.Succeeded, range);
        var waiting = $"(sum(min_over_time({scope.Names.Backlog}[{range}])) > 0)";
        return $"{Over(scope, 60, "avg_over_time", $"{goodput} and {waiting}")} / {Over(scope, 60, "max_over_time", goodput)}";
    }

    private static Measured Degraded(PromQlScope scope, IReadOnlyList<IReadOnlyList<PromQlPoint>> answers) =>
        answers[0] is not [var only] || double.IsNaN(only.Value)
            ? new(double.NaN, "not reached: no 60 s with a backlog throughout")
            : new(only.Value > LeastGoodput ? 1 : 0, $"goodput in overload is {only.Value:P0} of the peak");

    private static string Resets(PromQlScope scope) =>
        string.Join(" + ", scope.Names.Counters.Select(counter => $"(sum(resets({counter}[{scope.Range}])) or vector(0))"));

    /// <summary>A function of an expression at each scrape at which the windows within it lie inside the part.</summary>
    private static string Over(PromQlScope scope, double inner, string function, string expression)
    {
        var range = Math.Max(scope.Step, scope.To.Wall - scope.From.Wall - (inner / scope.Clock.Pace));
        return $"{function}(({expression})[{PromQlScope.Duration(range)}:{PromQlScope.Exact(scope.Step)}])";
    }
}
