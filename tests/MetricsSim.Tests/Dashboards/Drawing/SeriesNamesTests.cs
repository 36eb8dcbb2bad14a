using MetricsSim.Dashboards.Drawing.Data;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>Series are called what a legend's format, or their labels, say.</summary>
public sealed class SeriesNamesTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["model"] = "opus", ["type"] = "input", ["__name__"] = "tokens" };

    [Theory]
    [InlineData("{{model}}", "opus")]
    [InlineData("{{ model }}: {{type}}", "opus: input")]
    [InlineData("{{missing}} of {{model}}", " of opus")]
    [InlineData("{{ {{model}}", "{{ opus")]
    [InlineData("spend", "spend")]
    [InlineData("", "tokens{model=\"opus\", type=\"input\"}")]
    [InlineData("__auto", "tokens{model=\"opus\", type=\"input\"}")]
    public void Formats_are_filled_in(string format, string name) => Assert.Equal(name, SeriesNames.Of(format, Labels, "sum(tokens)"));

    [Fact]
    public void Without_a_format_the_only_label_or_the_expression_is_the_name()
    {
        Assert.Equal("opus", SeriesNames.Of("__auto", new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = "opus" }, "sum(tokens)"));
        Assert.Equal("{model=\"opus\"}", SeriesNames.Of("", new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = "opus" }, "sum(tokens)"));
        Assert.Equal("sum(tokens)", SeriesNames.Of("", new Dictionary<string, string>(StringComparer.Ordinal), "sum(tokens)"));
    }

    [Theory]
    [InlineData("${__field.labels.model}", "opus")]
    [InlineData("${__field.labels[\"type\"]} ${__series.name}", "input a")]
    [InlineData("All of ${__field.name}", "All of a")]
    public void Display_names_are_filled_in(string format, string name) => Assert.Equal(name, SeriesNames.Displayed(format, Labels, "a"));

    [Fact]
    public void Endless_names_are_cut() => Assert.Equal(301, SeriesNames.Of(new string('x', 100_000), Labels, "").Length);
}
