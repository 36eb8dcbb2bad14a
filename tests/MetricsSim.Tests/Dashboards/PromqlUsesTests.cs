using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Promql;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>What expressions use, and how much work they are.</summary>
public sealed class PromqlUsesTests
{
    [Theory]
    [InlineData("up", QueryClass.SimpleCounter, "up", "")]
    [InlineData("sum by (job, instance) (up)", QueryClass.SimpleCounter, "up", "job instance")]
    [InlineData("sum(up) without (job)", QueryClass.SimpleCounter, "up", "job")]
    [InlineData("""a:b:c{x="1", y=~"by (z)"} > bool 2""", QueryClass.SimpleCounter, "a:b:c", "")]
    [InlineData("""{__name__="up", job="a"} or vector(0)""", QueryClass.SimpleCounter, "up", "")]
    [InlineData("up offset -5m @ end() # rate(x[5m])", QueryClass.SimpleCounter, "up", "")]
    [InlineData("a / b", QueryClass.SimpleCounter, "a b", "")]
    [InlineData("SUM BY (job) (RATE(x[5m]))", QueryClass.Rate, "x", "job")]
    [InlineData("topk(5, sum by (model) (increase(x_total[1h] offset 1d)))", QueryClass.Rate, "x_total", "model")]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(x_bucket[1m15s])))", QueryClass.HistogramQuantile, "x_bucket", "le")]
    [InlineData("sum(rate(a[5m])) / sum(rate(b[5m]))", QueryClass.Complex, "a b", "")]
    [InlineData("a * on (job) group_left (version) b", QueryClass.Complex, "a b", "job version")]
    [InlineData("a * ignoring (x) group_left b", QueryClass.Complex, "a b", "x")]
    [InlineData("max_over_time(rate(x[5m])[1h:1m])", QueryClass.Complex, "x", "")]
    [InlineData("avg_over_time(up[1h:])", QueryClass.Complex, "up", "")]
    [InlineData("""topk(15, count by (__name__) ({job="a"}))""", QueryClass.Complex, "", "__name__")]
    [InlineData("a + b + c", QueryClass.Complex, "a b c", "")]
    [InlineData("1 + Inf - 0x1F + 1e-3", QueryClass.SimpleCounter, "", "")]
    [InlineData("sum(", QueryClass.SimpleCounter, "", "")]
    [InlineData("up{a=", QueryClass.SimpleCounter, "up", "")]
    [InlineData("up[5m", QueryClass.Rate, "up", "")]
    [InlineData("\"§ \\", QueryClass.SimpleCounter, "", "")]
    internal void It_sees_metrics_labels_and_class(string expression, QueryClass queryClass, string metrics, string labels)
    {
        var uses = PromqlUses.Of(expression);
        Assert.Equal((metrics, labels), (string.Join(' ', uses.Metrics), string.Join(' ', uses.Labels)));
        Assert.Equal(queryClass, QueryClassifier.Of(expression));
    }

    [Fact]
    public void A_text_without_an_end_takes_what_is_left() =>
        Assert.Equal(["up"], PromqlUses.Of("up{a=\"" + string.Concat(Enumerable.Repeat("\\\"", 500_000)) + " + down").Metrics);

    [Fact]
    public void Selectors_have_matchers_and_their_text()
    {
        var uses = PromqlUses.Of("""sum(rate(x_total {a="1",b!~'c|"d"', e=~`\d`,}[5m:30s] offset 1h))""");
        var selector = Assert.Single(uses.Selectors);
        Assert.Equal("""x_total {a="1",b!~'c|"d"', e=~`\d`,}""", selector.Text);
        Assert.Equal([new("a", "=", "1"), new("b", "!~", "c|\"d\""), new("e", "=~", "\\d")], selector.Matchers);
        Assert.Equal((1, true), (uses.Subqueries, selector.IsRange));
        Assert.Equal(["sum", "rate"], uses.Functions);
    }

    [Theory]
    [InlineData("\"a\\n\\\"b\\\\\"", "a\n\"b\\")]
    [InlineData("`a\\n`", "a\\n")]
    [InlineData("''", "")]
    public void Quoted_texts_are_read(string quoted, string expected) => Assert.Equal(expected, PromqlTokenizer.Unquote(quoted));
}
