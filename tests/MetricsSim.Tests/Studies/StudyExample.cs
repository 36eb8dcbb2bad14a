using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Dashboards.Model;
using MetricsSim.Studies;

namespace MetricsSim.Tests.Studies;

/// <summary>A study with fixed figures: two sizes that were measured, one where a query fails and scraping does, one left out.</summary>
internal static class StudyExample
{
    public static readonly StudyResult Result = new()
    {
        Machine = new MachineFacts("A <fast> processor", 2, 8_000_000_000, "Linux", ".NET 10", "0.1.0", "2.42.0"),
        Settings = new StudySettings(
            3600, 15, 15, 60, 10, 3, 42, 1_000_000,
            new Dictionary<string, double> { ["simple_counter"] = 100, ["rate_calculation"] = 500, ["histogram_quantile"] = 1000, ["complex_aggregation"] = 2000 }),
        Sizes =
        [
            Size(10_000, 117),
            Size(100_000, 1_229),
            Size(300_000, 3_698) with
            {
                Problem = "4 scrapes failed: each may take 15 s, the interval",
                Ingest = null,
                Memory = new MemoryUse(240_000_000, 900_000_000, null),
            },
            new SizeResult { Asked = 1_000_000, Users = 12_341, Series = 1_000_020, Problem = "needs about 5.2 GB of memory, and there are 4.0 GB" },
        ],
    };

    private static SizeResult Size(long series, int users) => new()
    {
        Asked = series,
        Users = users,
        Series = series + 7,
        History = new HistoryCost((series + 7) * 240, series / 50e3, 1, series * 120, series * 110),
        StartSeconds = 0.1 + (series / 1e6),
        Queries =
        [
            Query(QueryClass.SimpleCounter, QueryForm.Instant, "sum(a)", series, 1e-4),
            Query(QueryClass.SimpleCounter, QueryForm.Range, "sum(a)", series, 4e-2),
            Query(QueryClass.Rate, QueryForm.Range, "sum(rate(a{b=\"<\"}[60s]))", series, 2e-2),
            Query(QueryClass.Rate, QueryForm.Range, "sum(rate(c[60s]))", series, 1e-2),
            series == 300_000
                ? new QueryCost { Class = QueryClass.HistogramQuantile, Form = QueryForm.Range, Expression = "histogram_quantile(0.95, d)", Problem = "too many samples" }
                : Query(QueryClass.HistogramQuantile, QueryForm.Range, "histogram_quantile(0.95, d)", series, 5e-3),
        ],
        Memory = new MemoryUse(40_000_000 + (series * 600), 40_000_000 + (series * 1500), 40_000_000 + (series * 4000)),
        Ingest = new IngestCost(series + 9, series / 100e3, series / 400e3, series == 100_000 ? 1 : 0, series / 200e3, series + 14, series * 30),
    };

    private static QueryCost Query(QueryClass kind, QueryForm form, string expression, long series, double msPerSeries) => new()
    {
        Class = kind,
        Form = form,
        Expression = expression,
        Timing = new Timing(series * msPerSeries * 2, series * msPerSeries * 0.8, series * msPerSeries * 0.9, series * msPerSeries, 10),
        Results = 1,
        Samples = series / 10 * 240,
        Series = series / 10,
    };
}
