using System.Text.Json;
using MetricsSim.Learning;
using Xunit;

namespace MetricsSim.Tests.Learning;

public sealed class PrometheusFamiliesTests
{
    [Theory]
    [InlineData("""{"a": [{"type": "histogram", "help": "A.", "unit": ""}]}""", "a_bucket a_count a_sum", "a histogram: a_bucket a_count a_sum")]
    [InlineData("""{"a": [{"type": "summary"}]}""", "a a_count a_sum", "a summary: a a_count a_sum")]
    [InlineData("""{"a": [{"type": "counter"}], "b_total": [{"type": "counter"}]}""", "a_total b_total", "a counter: a_total", "b_total counter: b_total")]
    [InlineData("""{"a": [{"type": "gauge"}], "a_count": [{"type": "gauge"}]}""", "a a_count", "a gauge: a", "a_count gauge: a_count")]
    [InlineData("""{"a": [{"type": "unknown"}], "b": [], "c": 5}""", "a b c", "a untyped: a", "b untyped: b", "c untyped: c")]
    [InlineData("{}", "a_bucket a_count a_sum b b_count b_sum c_count d_total", "a histogram: a_bucket a_count a_sum", "b summary: b b_count b_sum", "c_count untyped: c_count", "d_total untyped: d_total")]
    [InlineData("[]", "up _sum", "up untyped: up", "_sum untyped: _sum")]
    public void Names_of_series_make_families(string metadata, string names, params string[] expected)
    {
        using var document = JsonDocument.Parse(metadata);
        var families = PrometheusFamilies.Of(names.Split(' '), document.RootElement);
        Assert.Equal(expected, families.Select(family => $"{family.Name} {family.Type}: {string.Join(' ', family.Series)}"));
    }
}
