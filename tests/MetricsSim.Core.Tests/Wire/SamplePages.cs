using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>One page with each type and each hard case, for golden files.</summary>
internal static class SamplePages
{
    private static readonly LabelRows Users = new FixedLabelRows(
    [
        [new("user_id", "user_000"), new("user_type", "power")],
        [new("user_id", "a \"quoted\" \\ name\nof two lines"), new("user_type", "")],
        [new("user_id", "zoë 😀"), new("user_type", "idle")],
    ]);

    /// <summary>The population and the world.</summary>
    public static Snapshot World()
    {
        var layout = new SeriesLayout(
        [
            new() { Name = "target", Help = "Target metadata", Type = MetricType.Info, Leaves = [[new("service_name", "claude-code")]] },
            new()
            {
                Name = "otel_claude_code_token_usage_tokens",
                Help = "Tokens used.",
                Type = MetricType.Counter,
                Unit = "tokens",
                Rows = Users,
                Leaves = [[new("type", "input")], [new("type", "output")]],
            },
            new()
            {
                Name = "otel_claude_code_cost_usage_USD",
                Help = "Cost in \"USD\", \\ escaped\nover two lines.",
                Type = MetricType.Counter,
                Unit = "USD",
                Rows = Users,
                Divisor = 1_000_000_000,
                HideUntouched = true,
            },
            new()
            {
                Name = "otel_claude_code_session_duration_seconds",
                Help = "How long sessions last.",
                Type = MetricType.Histogram,
                Unit = "seconds",
                Leaves = [[new("status", "completed")], [new("status", "failed")]],
                Bounds = [0.1, 10, 7200, 1_000_000],
                Divisor = 1_000_000,
                HideUntouched = true,
            },
            new() { Name = "otel_claude_code_commit_count", Help = "Nobody committed.", Type = MetricType.Counter, Rows = Users, HideUntouched = true },
            new()
            {
                Name = "gauges",
                Help = "",
                Type = MetricType.Gauge,
                Unit = "seconds",
                Leaves = [[new("is", "nan")], [new("is", "+inf")], [new("is", "-inf")], [new("is", "-0")], [new("is", "tenth")], [new("is", "large")]],
                Divisor = 0,
            },
            new() { Name = "metricssim_load", Help = "Load against baseline 1.", Type = MetricType.Gauge, Divisor = 1_000_000 },
        ]);
        double[] gauges = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.1, 1.5e300];
        return Pages.Snapshot(
            layout,
            [1],
            [1, 2, 30, 40, 0, 9_007_199_254_740_993],
            [123_456_789, 0, 2_500_000_000_000],
            [1, 2, 0, 1, 5, 12_345_678, 0, 0, 0, 0, 0, 0],
            [0, 0, 0],
            [.. gauges.Select(BitConverter.DoubleToInt64Bits)],
            [10_000_000]);
    }

    /// <summary>A second part with its own clock, as the running process has.</summary>
    public static Snapshot Runtime()
    {
        var layout = new SeriesLayout([new() { Name = "metricssim_runtime_scrapes", Help = "Scrapes.", Type = MetricType.Counter }]);
        var snapshot = Pages.Snapshot(layout, [42]);
        snapshot.UnixMilliseconds = 1_800_000_000_000;
        snapshot.CreatedUnixMilliseconds = 1_700_000_000_001;
        return snapshot;
    }
}
