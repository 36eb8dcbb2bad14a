using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>
/// Values as Grafana puts them. Formats are cases of <c>formatRegistry.test.ts</c> of https://github.com/grafana/scenes, escaping those of
/// <c>datasource.test.ts</c> in <c>packages/grafana-prometheus</c> of https://github.com/grafana/grafana.
/// </summary>
public sealed class InterpolationTests
{
    private static readonly Dictionary<string, VariableValue> Values = new List<VariableValue>
    {
        VariableValue.Single("one", "a.b"),
        VariableValue.Single("quote", """it's \d"""),
        Chosen("multi", multi: true, "x.1", "y|2"),
        Chosen("multione", multi: true, "x.1"),
        Chosen("pattern", multi: false, """a\b.c"""),
        VariableValue.Of(new() { Name = "all", Kind = VariableKind.Query, IncludeAll = true }, [DashboardVariable.All], ["p", "q.r"]),
        VariableValue.Of(new() { Name = "any", Kind = VariableKind.Query, IncludeAll = true, AllValue = ".*" }, [DashboardVariable.All], ["p"]),
        VariableValue.Of(new() { Name = "nested", Kind = VariableKind.Query, IncludeAll = true, AllValue = "$one-.*" }, [DashboardVariable.All], ["p"]),
        VariableValue.Of(new() { Name = "circle", Kind = VariableKind.Query, IncludeAll = true, AllValue = "($circle)" }, [DashboardVariable.All], ["p"]),
        VariableValue.Of(new() { Name = "bomb", Kind = VariableKind.Query, IncludeAll = true, AllValue = string.Concat(Enumerable.Repeat("$bomb", 30)) }, [DashboardVariable.All], ["p"]),
        VariableValue.Of(new() { Name = "none", Kind = VariableKind.Query, Multi = true }, [], []),
    }.ToDictionary(value => value.Name);

    [Theory]
    [InlineData("""up{a="$one"}""", """up{a="a.b"}""")]
    [InlineData("""up{a="${one}_x"}""", """up{a="a.b_x"}""")]
    [InlineData("""up{a="[[one]]"}""", """up{a="a.b"}""")]
    [InlineData("$one_x $onex $", "$one_x $onex $")]
    [InlineData("$unknown ${unknown:csv} [[unknown]]", "$unknown ${unknown:csv} [[unknown]]")]
    [InlineData("$quote", """it\\'s \\d""")]
    [InlineData("$multi", """(x\\.1|y\\|2)""")]
    [InlineData("$multione", """x\\.1""")]
    [InlineData("$pattern", """a\\\\b\\.c""")]
    [InlineData("$all", """(p|q\\.r)""")]
    [InlineData("$any", ".*")]
    [InlineData("${any:regex}", ".*")]
    [InlineData("${any:text}", "All")]
    [InlineData("$nested", "a.b-.*")]
    [InlineData("$none", "()")]
    [InlineData("${multi:regex}", """(x\.1|y\|2)""")]
    [InlineData("${one:regex}", """a\.b""")]
    [InlineData("${multi:pipe}", "x.1|y|2")]
    [InlineData("${multi:csv}", "x.1,y|2")]
    [InlineData("[[multi:csv]]", "x.1,y|2")]
    [InlineData("${multi:raw}", "x.1,y|2")]
    [InlineData("${multi:glob}", "{x.1,y|2}")]
    [InlineData("${multi:no_such}", "{x.1,y|2}")]
    [InlineData("${multi:json}", """["x.1","y|2"]""")]
    [InlineData("${multi:distributed}", "x.1,multi=y|2")]
    [InlineData("${multi:singlequote}", "'x.1','y|2'")]
    [InlineData("${quote:singlequote}", """'it\'s \d'""")]
    [InlineData("${multi:doublequote}", "\"x.1\",\"y|2\"")]
    [InlineData("${quote:sqlstring}", """'it''s \d'""")]
    [InlineData("${multi:join: or }", "x.1 or y|2")]
    [InlineData("${multi:lucene}", """("x.1" OR "y\|2")""")]
    [InlineData("${multi:text}", "x.1 + y|2")]
    [InlineData("${multi:queryparam}", "var-multi=x.1&var-multi=y%7C2")]
    [InlineData("${multi:percentencode}", "%7Bx.1%2Cy%7C2%7D")]
    [InlineData("${multi:html}", "x.1, y|2")]
    public void Expressions_are_filled_in_as_Grafana_does(string text, string expected) =>
        Assert.Equal(expected, Interpolation.Expression(text, name => Values.GetValueOrDefault(name)));

    [Fact]
    public void A_circle_of_values_ends() => Assert.EndsWith("($circle)))))))))", Interpolation.Expression("$circle", name => Values.GetValueOrDefault(name)), StringComparison.Ordinal);

    [Fact]
    public void Values_that_hold_each_other_many_times_stay_bounded() =>
        Assert.InRange(Interpolation.Expression("$bomb", name => Values.GetValueOrDefault(name)).Length, 1000, 50_000_000);

    [Fact]
    public void A_text_that_takes_forever_to_look_through_is_left_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("${a.", 300_000));
        Assert.Equal(text, Interpolation.Expression(text, name => Values.GetValueOrDefault(name)));
    }

    [Fact]
    public void Titles_have_texts_and_no_escaping() => Assert.Equal("x.1 + y|2 of All", Interpolation.Text("$multi of $all", name => Values.GetValueOrDefault(name)));

    [Theory]
    [InlineData("[$__interval] $__interval_ms", "[30s] 30000")]
    [InlineData("[$__rate_interval]", "[1m15s]")]
    [InlineData("[$__range] $__range_s ${__range_ms}", "[21600s] 21600 21600000")]
    [InlineData("$__from ${__to:date:seconds} ${__to:date}", "1700000000000 1700021600 2023-11-15T04:13:20.000Z")]
    public void Every_dashboard_has_global_variables(string text, string expected)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
        var globals = new GlobalVariables(new BoardTime(from, from.AddHours(6)), new QueryStep(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(30)));
        Assert.Equal(expected, Interpolation.Expression(text, globals.Find));
    }

    private static VariableValue Chosen(string name, bool multi, params string[] values) =>
        VariableValue.Of(new() { Name = name, Kind = VariableKind.Query, Multi = multi, IncludeAll = !multi }, values, values);
}
