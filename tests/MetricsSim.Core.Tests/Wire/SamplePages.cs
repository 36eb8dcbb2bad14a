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
            new()
            {
                Name = "wait_seconds",
                Help = "How long they waited.",
                Type = MetricType.Summary,
                Unit = "seconds",
                Leaves = [[new("is", "seen")], [new("is", "fresh")]],
                Quantiles = [0, 0.5, 0.99, 1],
                Divisor = 0,
            },
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
            [10_000_000],
            [.. Doubles(0.001, 0.25, 7.5, 1e6), 42, .. Doubles(12.5), .. Doubles(double.NaN, double.NaN, double.NaN, double.NaN), 0, 0]);

        static IEnumerable<long> Doubles(params double[] values) => values.Select(BitConverter.DoubleToInt64Bits);
    }

    /// <summary>Exemplars, and native histograms beside classic buckets and without them.</summary>
    public static Snapshot Traced()
    {
        var both = new MetricFamily
        {
            Name = "both_seconds",
            Help = "Both kinds.",
            Type = MetricType.Histogram,
            Unit = "seconds",
            Bounds = [1, 2],
            Divisor = 1_000_000,
            Native = new NativeBuckets(-1, 2, 1_000_000),
            HasExemplars = true,
        };
        var layout = new SeriesLayout(
        [
            new() { Name = "events", Help = "Events.", Type = MetricType.Counter, Leaves = [[new("is", "traced")], [new("is", "not")]], HasExemplars = true },
            both,
            both with { Name = "native_seconds", Help = "One kind.", NativeOnly = true },
        ]);
        // Values of 0.4, 1.5 twice and 3 s: below the window, in buckets 5 and 13.
        long[] cells = [1, 2, 1, .. new long[25], 6_400_000];
        (cells[3], cells[3 + 8 + 5], cells[3 + 8 + 13]) = (1, 2, 1);
        var snapshot = Pages.Snapshot(layout, [3, 4], cells, cells);
        var trace = new Exemplar(1_767_607_199_500, 0x0123456789abcdef, 0xfedcba9876543210, 1);
        snapshot.Exemplars[0][0] = trace;
        foreach (var exemplars in snapshot.Exemplars[1..])
        {
            exemplars[1] = trace with { Value = 1_500_000 };
            exemplars[2] = trace with { At = 1_767_607_200_000, Value = 3_000_000 };
        }

        return snapshot;
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
