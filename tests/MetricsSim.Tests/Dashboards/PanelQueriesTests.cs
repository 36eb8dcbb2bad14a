using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>The queries of a panel.</summary>
public sealed class PanelQueriesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_007);

    private static readonly PanelQueries Queries = new(
        new Dictionary<string, VariableValue> { ["job"] = VariableValue.Single("job", "sim"), ["least"] = VariableValue.Single("least", "5m") }, PanelQueries.UsualScrapeInterval, boardWidth: 1200);

    [Fact]
    public void Variables_steps_and_ends_are_filled_in()
    {
        var panel = Panel(
            new PanelTarget { RefId = "A", Expression = """rate(x{job="$job"}[$__rate_interval])""", Legend = "$job {{model}}" },
            new PanelTarget { RefId = "B", Expression = "increase(x[$__range])", Instant = true, Range = false },
            new PanelTarget { RefId = "C", Expression = "hidden", Hidden = true },
            new PanelTarget { RefId = "D", Expression = "both", Instant = true });
        var queries = Queries.Of(panel, BoardTime.Last(TimeSpan.FromHours(24), Now));
        Assert.Equal(
            [("A", """rate(x{job="sim"}[2m15s])""", 120), ("B", "increase(x[86400s])", null), ("D", "both", 120), ("D", "both", null)],
            queries.Select(query => (query.Target.RefId, query.Expression, query.Step)));
        Assert.Equal((1_699_913_520, 1_699_999_920, "sim {{model}}"), (queries[0].From, queries[0].To, queries[0].Legend));
        Assert.Equal((1_700_000_007, 1_700_000_007), (queries[1].From, queries[1].To));
    }

    [Fact]
    public void A_panel_may_have_an_interval_and_a_time_of_its_own()
    {
        var panel = Panel(new PanelTarget { RefId = "A", Expression = "x[$__interval]" }) with { IntervalMin = "$least", TimeFrom = "1h", TimeShift = "1d" };
        var query = Assert.Single(Queries.Of(panel, BoardTime.Last(TimeSpan.FromDays(7), Now)));
        Assert.Equal(("x[5m]", 300, 1_699_909_800, 1_699_913_400), (query.Expression, query.Step, query.From, query.To));
    }

    [Fact]
    public void An_annotation_is_asked_at_its_own_step()
    {
        var query = Queries.Of(new DashboardAnnotation("Events", """x{job="$job"} > 0""", true, "60s", "t", "", "red"), BoardTime.Last(TimeSpan.FromMinutes(30), Now));
        Assert.Equal(("""x{job="sim"} > 0""", 60, 1_699_998_180, 1_699_999_980), (query.Expression, query.Step, query.From, query.To));
    }

    private static Panel Panel(params PanelTarget[] targets) => new() { Type = "timeseries", Grid = new GridPlace(0, 0, 12, 8), Targets = targets };
}
