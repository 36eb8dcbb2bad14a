using MetricsSim.Core.Faults;

namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>
/// <c>recovery_time</c> from error rate and p95 over 60 s at each scrape, by the same rules as <see cref="Recovery"/>. It is seen at a
/// scrape, so up to an interval late.
/// </summary>
internal static class PromQlRecovery
{
    private const double WindowSeconds = 60;
    private const int MostPoints = 10_000;

    public static PromQlIndicator Indicator { get; } = new("recovery_time")
    {
        Inner = WindowSeconds,
        Queries = Queries,
        Read = Read,
        Agree = (engine, promql, interval) => engine.Equals(promql) || Math.Abs(engine - promql) <= 2 * interval,
    };

    private static List<PromQlQuery> Queries(PromQlScope scope)
    {
        var (begin, end) = (scope.Clock.At(0).Wall, scope.To.Wall);
        var step = Math.Max(scope.Step, Math.Ceiling((end - begin) / MostPoints * 1000) / 1000);
        var inner = scope.Simulated(WindowSeconds);
        var baseline = scope.Clock.At(Baseline(scope)).Wall;
        var whole = PromQlScope.Duration(baseline - begin);
        return
        [
            new(PromQlText.ErrorRate(scope.Names, inner), begin, end, step),
            new(PromQlText.Quantile(scope.Names, 0.95, inner), begin, end, step),
            // A baseline shorter than a window is one.
            PromQlQuery.At(PromQlText.ErrorRate(scope.Names, whole), baseline),
            PromQlQuery.At(PromQlText.Quantile(scope.Names, 0.95, whole), baseline),
        ];
    }

    private static Measured Read(PromQlScope scope, IReadOnlyList<IReadOnlyList<PromQlPoint>> answers)
    {
        var run = scope.Run;
        var faults = run.Plan.Faults.Where(fault =>
            run.Seconds(fault.End) is var end && (end > scope.WantedFrom || scope.WantedFrom == 0) && end <= scope.Clock.Length).ToList();
        if (faults.Count == 0) return new(0, "no fault");
        if (run.Plan.BaselineTicks == 0) return new(double.NaN, "no baseline before the first event");
        var errors = Band.Of(Usual(scope, answers[0], answers[2]), _ => Recovery.LeastErrorBand);
        var latency = Band.Of(Usual(scope, answers[1], answers[3]), mean => Recovery.LeastLatencyBand * mean);
        var p95s = answers[1].ToDictionary(point => point.Wall, point => point.Value);
        var calm = answers[0].Where(point => errors.Holds(point.Value) && p95s.TryGetValue(point.Wall, out var p95) && latency.Holds(p95))
            .Select(point => scope.Clock.SimulatedAt(point.Wall)).ToList();
        var slowest = faults.Select(fault => (fault.Fault, Seconds: After(run.Seconds(fault.End), scope, calm))).MaxBy(after => after.Seconds);
        return new(slowest.Seconds, double.IsPositiveInfinity(slowest.Seconds) ? $"never recovered from {slowest.Fault.Type.SnakeCase()}" : null);
    }

    private static double After(double end, PromQlScope scope, List<double> calm)
    {
        // At the fault's end itself a scrape may show a time that is a moment early.
        var first = calm.Where(at => at >= end - (scope.Clock.Interval / 100)).DefaultIfEmpty(double.PositiveInfinity).First();
        return Math.Round(Math.Max(0, first - end), 1);
    }

    /// <summary>The values at the ends of windows side by side in the baseline.</summary>
    private static List<double> Usual(PromQlScope scope, IReadOnlyList<PromQlPoint> points, IReadOnlyList<PromQlPoint> whole)
    {
        var near = scope.Clock.Interval / 2;
        var values = points.Select(point => (At: scope.Clock.SimulatedAt(point.Wall), point.Value))
            .Select(point => (Tile: Math.Round(point.At / WindowSeconds), point.At, point.Value))
            .Where(point => point.Tile > 0 && point.Tile * WindowSeconds <= Baseline(scope) && Math.Abs(point.At - (point.Tile * WindowSeconds)) <= near)
            .DistinctBy(point => point.Tile).Select(point => point.Value).ToList();
        return values.Count > 0 ? values : [.. whole.Select(point => point.Value)];
    }

    private static double Baseline(PromQlScope scope) => scope.Run.Seconds(scope.Run.Plan.BaselineTicks);
}
