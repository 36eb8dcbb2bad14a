using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Tests.Conformance;

/// <summary>A page with every type and every hard value, to be read by other people's parsers.</summary>
internal static class ConformancePages
{
    public const long Time = 1_767_607_200_123;
    public const long Created = 1_767_603_600_500;

    private static readonly FixedLabelRows Users = new(
    [
        [new("user_id", "user_000")],
        [new("user_id", "a \"quote\", a \\ and\na line feed, é 😀")],
    ]);

    public static string Write(ExpositionFormat format, bool timestamps = false, bool created = false)
    {
        var snapshot = Snapshot();
        var writer = new PageWriter([new(new PageLayout(snapshot.Layout, format, created), snapshot)], timestamps);
        var buffer = new byte[writer.MinimumBuffer];
        var page = new StringBuilder();
        bool more;
        do
        {
            more = writer.Fill(buffer, out var written);
            page.Append(Encoding.UTF8.GetString(buffer, 0, written));
        }
        while (more);
        return page.ToString();
    }

    private static Snapshot Snapshot()
    {
        var layout = new SeriesLayout(
        [
            new() { Name = "target", Help = "Target metadata.", Type = MetricType.Info, Leaves = [[new("service_name", "claude-code")]] },
            new()
            {
                Name = "claude_code_token_usage_tokens",
                Help = "Tokens: a \"quote\", a \\ and\na line feed.",
                Type = MetricType.Counter,
                Unit = "tokens",
                Rows = Users,
                Leaves = [[new("type", "input")], [new("type", "output")]],
            },
            new() { Name = "claude_code_active_time_seconds", Help = "Time.", Type = MetricType.Counter, Unit = "seconds", Divisor = 1_000_000_000, Rows = Users },
            new()
            {
                Name = "claude_code_session_duration_seconds",
                Help = "How long sessions last.",
                Type = MetricType.Histogram,
                Unit = "seconds",
                Leaves = [[new("status", "completed")], [new("status", "failed")]],
                Bounds = [0.1, 10, 7200, 16_777_216],
                Divisor = 1_000_000,
            },
            new()
            {
                Name = "metricssim_state",
                Help = "Hard values.",
                Type = MetricType.Gauge,
                Leaves = [[new("is", "nan")], [new("is", "inf")], [new("is", "minus_inf")], [new("is", "shortest")], [new("is", "large")], [new("is", "tiny")]],
                Divisor = 0,
            },
            new() { Name = "metricssim_hidden", Help = "Nothing to see.", Type = MetricType.Counter, HideUntouched = true },
        ]);
        double[] hard = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.30000000000000004, 1.5e300, 5e-324];
        long[][] columns =
        [
            [1],
            [1, 2, 30, 9_007_199_254_740_993],
            [123_456_789, 9_000_000_000_000_001],
            [1, 2, 0, 1, 5, 12_345_678, 0, 0, 0, 0, 0, 0],
            [.. hard.Select(BitConverter.DoubleToInt64Bits)],
            [0],
        ];
        var snapshot = new Snapshot(layout) { UnixMilliseconds = Time, CreatedUnixMilliseconds = Created };
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].CopyTo(snapshot.Columns[i], 0);
        }

        return snapshot;
    }
}
