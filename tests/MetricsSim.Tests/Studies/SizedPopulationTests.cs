using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Dashboards.Promql;
using MetricsSim.Studies;
using MetricsSim.Tests.Configuration;
using Xunit;

namespace MetricsSim.Tests.Studies;

/// <summary>Which world a study makes, and what it asks.</summary>
public sealed class SizedPopulationTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("", 2_000)]
    [InlineData("", 30_000)]
    [InlineData("", 1_000_000)]
    [InlineData("telemetry: { labels: { session_id: true } }", 100_000)]
    [InlineData("telemetry: { labels: { effort: true, query_source: true } }", 50_000)]
    [InlineData("series_groups: { extra: { labels: { pod: { cardinality: 5000 } } } }", 20_000)]
    public void The_number_of_users_makes_about_as_many_series(string yaml, long asked)
    {
        var population = SizedPopulation.For(ConfigTestData.Good(yaml).World, asked, Hour, out var problem)!;
        Assert.Null(problem);
        Assert.InRange(population.Series / asked, 0.97, 1.03);
        var forecast = new SeriesForecast(population.World);
        Assert.Equal(population.Series, forecast.SeriesAt(TimeSpan.Zero) + forecast.SeriesCreated(TimeSpan.Zero, Hour));
        if (yaml.Length == 0) Assert.Equal(population.Series, new CardinalityForecast(population.World).Peak, 1e-6);
    }

    [Theory]
    [InlineData("", 300, "300 series are too few: a single user makes")]
    [InlineData("telemetry: { labels: { user_id: false } }", 100_000, "and more users hardly more; switch telemetry.labels.user_id on")]
    [InlineData("telemetry: { labels: { user_id: false, user_type: false, organization_id: false, terminal_type: false } }", 100_000, "switch telemetry.labels.user_id on")]
    public void What_no_number_of_users_makes_has_a_reason(string yaml, long asked, string reason)
    {
        Assert.Null(SizedPopulation.For(ConfigTestData.Good(yaml).World, asked, Hour, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_query_is_of_the_class_it_stands_for() =>
        Assert.All(StudyQueries.All(new TelemetryOptions(), "60s", "3600s"), query => Assert.Equal(query.Class, QueryClassifier.Of(query.Expression)));

    [Fact]
    public void A_history_ends_where_a_block_ends_and_panels_ask_as_Grafana_does()
    {
        var window = StudyWindow.Before(new DateTimeOffset(2026, 1, 5, 11, 59, 0, TimeSpan.Zero), Hour, TimeSpan.FromSeconds(15));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), window.Span.Start);
        Assert.Equal((240, "60s", "3600s", 15), (window.Span.Samples, window.RateText, window.RangeText, window.Step.TotalSeconds));
        var day = StudyWindow.Before(DateTimeOffset.UnixEpoch.AddDays(9), TimeSpan.FromDays(1), TimeSpan.FromSeconds(15));
        Assert.Equal((60, "75s"), (day.Step.TotalSeconds, day.RateText));
    }

    [Theory]
    [InlineData(1_000_000, 240, long.MaxValue, long.MaxValue, null)]
    [InlineData(1_000_000, 240, 500_000_000, long.MaxValue, "needs about 1.5 GB of disk, and there are 500 MB: give another --work-dir")]
    [InlineData(1_000_000, 240, long.MaxValue, 2_000_000_000, "of memory, and there are 2.0 GB")]
    public void What_a_size_lacks_is_told(double series, long samples, long disk, long memory, string? lack)
    {
        var said = Room.NeededBy(series, samples).Lacks(new Room(disk, memory));
        if (lack is null) Assert.Null(said);
        else Assert.Contains(lack, said, StringComparison.Ordinal);
    }
}
