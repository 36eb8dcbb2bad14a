using MetricsSim.Dashboards.Drawing.Panels;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>The little of Markdown that panels of text have, and what takes no time however it is written.</summary>
public sealed class MarkdownTests
{
    [Theory]
    [InlineData("# Title", "1||Title")]
    [InlineData("### Title ##  ", "3||Title")]
    [InlineData("# Written in **F** or C#", "1||Written in F or C#")]
    [InlineData("#Title", "0||#Title")]
    [InlineData("one\ntwo\n\nthree", "0||one two / 0||three")]
    [InlineData("- a\n  1. b", "0|\u2022|a / 0|1.|b")]
    [InlineData("see [the docs](http://x), now", "0||see the docs, now")]
    public void Blocks_are_read(string text, string expected) => Assert.Equal(
        expected, string.Join(" / ", Markdown.Blocks(text, "markdown").Select(block => $"{block.Level}|{block.Bullet}|{string.Join(' ', block.Words.Select(word => word.Text))}")));

    [Theory]
    [InlineData("# x", ' ', "y")]
    [InlineData("# x", '#', "y")]
    [InlineData("", '[', "")]
    [InlineData("", '*', "a")]
    [InlineData("x", '`', "a")]
    [InlineData("_", '<', "")]
    public void Nothing_that_fits_into_a_panel_takes_longer_than_the_limit_of_a_pattern(string before, char many, string after)
    {
        var text = before + new string(many, 10_000) + after;
        foreach (var mode in (string[])["markdown", "html", "code"]) Assert.NotEmpty(Markdown.Blocks(text, mode));
    }
}
