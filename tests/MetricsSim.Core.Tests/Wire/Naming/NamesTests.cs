using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire.Protobuf;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Naming;

/// <summary>Cases of prometheus.io, docs/instrumenting/escaping_schemes, of the proposal on UTF-8 names, and of prometheus/common's own tests.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("no:escaping_required", "no:escaping_required", "no:escaping_required", "no:escaping_required")]
    [InlineData("mysystem.prod.west.cpu.load", "mysystem_prod_west_cpu_load", "mysystem_dot_prod_dot_west_dot_cpu_dot_load", "U__mysystem_2e_prod_2e_west_2e_cpu_2e_load")]
    [InlineData("mysystem.prod.west.cpu.load_total", "mysystem_prod_west_cpu_load_total", "mysystem_dot_prod_dot_west_dot_cpu_dot_load__total", "U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total")]
    [InlineData("http.status:sum", "http_status:sum", "http_dot_status:sum", "U__http_2e_status:sum")]
    [InlineData("label with 😱", "label_with__", "label__with____", "U__label_20_with_20__1f631_")]
    [InlineData("花火", "__", "____", "U___82b1__706b_")]
    [InlineData("0a", "_a", "__a", "U___30_a")]
    public void Follow_the_scheme(string name, string underscores, string dots, string values)
    {
        Assert.Equal(underscores, Names.Escape(name, NameEscaping.Underscores));
        Assert.Equal(dots, Names.Escape(name, NameEscaping.Dots));
        Assert.Equal(values, Names.Escape(name, NameEscaping.Values));
        Assert.Equal(name, Names.Escape(name, NameEscaping.AllowUtf8));
    }

    [Fact]
    public void Stand_in_quotes_between_the_braces_where_UTF8_is_allowed()
    {
        Assert.Equal(
            """
            # TYPE "my.new_events" counter
            # UNIT "my.new_events" events
            # HELP "my.new_events" Events.
            {"my.new_events_total","a \"b\""="1","http.route"="/x"} 1
            {"my.new_events_created","a \"b\""="1","http.route"="/x"} 1767603600.000
            {"my.new_events_total",plain="1","http.route"="/x"} 2
            {"my.new_events_created",plain="1","http.route"="/x"} 1767603600.000
            # TYPE "bare.gauge" gauge
            {"bare.gauge"} 3
            # TYPE plain gauge
            plain{"a.b"="c"} 4
            # EOF

            """,
            Page(ExpositionFormat.OpenMetrics100, NameEscaping.AllowUtf8));
    }

    [Fact]
    public void Are_escaped_with_their_suffix_elsewhere()
    {
        Assert.Equal(
            """
            # HELP U__my_2e_new__events__total Events.
            # TYPE U__my_2e_new__events__total counter
            U__my_2e_new__events__total{U__a_20__22_b_22_="1",U__http_2e_route="/x"} 1
            U__my_2e_new__events__total{plain="1",U__http_2e_route="/x"} 2
            # TYPE U__bare_2e_gauge gauge
            U__bare_2e_gauge 3
            # TYPE plain gauge
            plain{U__a_2e_b="c"} 4

            """,
            Page(ExpositionFormat.Text004, NameEscaping.Values));
    }

    [Theory]
    [InlineData(NameEscaping.AllowUtf8, "my.new_events_total", "http.route")]
    [InlineData(NameEscaping.Underscores, "my_new_events_total", "http_route")]
    [InlineData(NameEscaping.Dots, "my_dot_new__events__total", "http_dot_route")]
    public void Are_the_same_in_protobuf_without_quotes(NameEscaping escaping, string name, string label)
    {
        var family = ProtobufReader.Read(Bytes(ExpositionFormat.Protobuf, escaping))[0];
        Assert.Equal((name, label), (family.Name, family.Metric[0].Label[1].Name));
    }

    private static string Page(ExpositionFormat format, NameEscaping escaping) => Encoding.UTF8.GetString(Bytes(format, escaping));

    private static byte[] Bytes(ExpositionFormat format, NameEscaping escaping)
    {
        var layout = new SeriesLayout(
        [
            new()
            {
                Name = "my.new_events",
                Help = "Events.",
                Type = MetricType.Counter,
                Unit = "events",
                Rows = new FixedLabelRows([[new("a \"b\"", "1")], [new("plain", "1")]]),
                Leaves = [[new("http.route", "/x")]],
            },
            new() { Name = "bare.gauge", Help = "", Type = MetricType.Gauge },
            new() { Name = "plain", Help = "", Type = MetricType.Gauge, Leaves = [[new("a.b", "c")]] },
        ]);
        return Pages.Bytes([new(new PageLayout(layout, format, created: format == ExpositionFormat.OpenMetrics100, escaping), Pages.Snapshot(layout, [1, 2], [3], [4]))]);
    }
}
