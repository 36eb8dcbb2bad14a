using MetricsSim.Wire;
using MetricsSim.Wire.Reading;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Reading;

/// <summary>The rules of both formats, one by one.</summary>
public sealed class PageReaderTests
{
    private const ExpositionFormat Text = ExpositionFormat.Text004;
    private const ExpositionFormat OpenMetrics = ExpositionFormat.OpenMetrics100;

    [Theory]
    [InlineData("a 1\n", "a", 1)]
    [InlineData("  a \t {} \t 1e3\n", "a", 1000)]
    [InlineData("a{x=\"1\",} -.5\n", "a|x=1", -0.5)]
    [InlineData("a { x = \"1\" , y=\"\" } 1 1700000000000\n", "a|x=1|y=@1700000000000", 1)]
    [InlineData("a{x=\"\\\\ \\\" \\n }\"} NaN\n", "a|x=\\ \" \n }", double.NaN)]
    [InlineData("a:b_1{_x1=\"é😀\"} +Inf\n", "a:b_1|_x1=é😀", double.PositiveInfinity)]
    [InlineData("a -inf -5\n", "a@-5", double.NegativeInfinity)]
    [InlineData("{\"a.b\",\"x y\"=\"1\"} 2\n", "a.b|x y=1", 2)]
    [InlineData("{\"a.b\"} 2\n", "a.b", 2)]
    [InlineData("\n# a comment { \"\n#\n#HELP\n# TYPE\n\t\na 1\n", "a", 1)]
    public void Samples_of_text(string page, string expected, double value)
    {
        var sample = Assert.Single(CollectedPage.Read(page, Text).Samples);
        Assert.Equal(value, sample.Value);
        Assert.Equal(expected, Shown(sample));
    }

    [Theory]
    [InlineData("a 1\n# EOF\n", "a")]
    [InlineData("a{x=\"1\"} 1 1.5\n# EOF", "a|x=1@1500")]
    [InlineData("a 1 -1e3\n# EOF\n", "a@-1000000")]
    [InlineData("a_bucket{le=\"1.0\"} 1 # {trace_id=\"abc\",span=\"\\\"\"} 0.5 1.5\n# EOF\n", "a_bucket|le=1.0")]
    [InlineData("a_total 1 2 # {} 0.5\n# EOF\n", "a_total@2000")]
    public void Samples_of_OpenMetrics(string page, string expected) =>
        Assert.Equal(expected, Shown(Assert.Single(CollectedPage.Read(page, OpenMetrics).Samples)));

    [Theory]
    [InlineData(Text, "a", 1, 2, "a name without a value: is the page cut off?")]
    [InlineData(Text, "a 1", 1, 4, "the last line has no line feed: the page is cut off")]
    [InlineData(Text, "a 1\nb{x=\"y", 2, 5, "a quote that doesn't end in this line: is the page cut off?")]
    [InlineData(Text, "a 1\n\nb{x=1} 1\n", 3, 5, "a value in quotes expected, not '1'")]
    [InlineData(Text, "a{x=\"1\" y=\"2\"} 1\n", 1, 9, "',' expected or '}' behind a label, not 'y'")]
    [InlineData(Text, "a{x=\"1\",x=\"2\"} 1\n", 1, 9, "label 'x' twice")]
    [InlineData(Text, "a{1x=\"1\"} 1\n", 1, 3, "a label's name expected, not '1'")]
    [InlineData(Text, "a{x=\"\\t\"} 1\n", 1, 6, "unknown escape: \\\\, \\\" and \\n are known")]
    [InlineData(Text, "{x=\"1\"} 1\n", 1, 1, "labels of no metric")]
    [InlineData(Text, "a.b 1\n", 1, 2, "a blank expected behind the name, not '.'")]
    [InlineData(Text, "a one\n", 1, 3, "'one' is not a value: a number, NaN, +Inf or -Inf is")]
    [InlineData(Text, "a 0x1p3\n", 1, 3, "'0x1p3' is not a value: a number, NaN, +Inf or -Inf is")]
    [InlineData(Text, "a 1e999\n", 1, 3, "'1e999' is not a value: a number, NaN, +Inf or -Inf is")]
    [InlineData(Text, "a 1 1.5\n", 1, 5, "'1.5' is not a timestamp: whole milliseconds are, in text 0.0.4")]
    [InlineData(Text, "a 1 2 # {} 1\n", 1, 7, "the line should end here, not go on with '#'")]
    [InlineData(Text, "<html>\n", 1, 1, "a metric's name expected, not '<'")]
    [InlineData(Text, "# TYPE a countr\n", 1, 10, "unknown type 'countr': counter, gauge, histogram, summary or untyped is allowed")]
    [InlineData(Text, "# TYPE a counter\n# TYPE a gauge\n", 2, 8, "a second TYPE of 'a'")]
    [InlineData(Text, "a 1\n# TYPE a gauge\n", 2, 8, "TYPE of 'a' behind its samples")]
    [InlineData(Text, "# TYPE a histogram\na_bucket 1\n", 2, 1, "a bucket of 'a' without a number in 'le'")]
    [InlineData(Text, "a\0 1\n", 1, 2, "a byte 0: this is binary, not a metrics page in text")]
    [InlineData(OpenMetrics, "a 1\n", 2, 1, "the page ends without '# EOF': it is cut off")]
    [InlineData(OpenMetrics, "a 1\n# EOF\na 2\n", 3, 1, "OpenMetrics ends with '# EOF', and here it goes on")]
    [InlineData(OpenMetrics, "a 1\n\n# EOF\n", 2, 1, "OpenMetrics has no empty lines")]
    [InlineData(OpenMetrics, "# a comment\n# EOF\n", 1, 3, "OpenMetrics has no comments but # TYPE, # UNIT, # HELP and # EOF")]
    [InlineData(OpenMetrics, "a 1 later\n# EOF\n", 1, 5, "'later' is not a timestamp: seconds are, in OpenMetrics")]
    [InlineData(OpenMetrics, "a 1 # {x=} 1\n# EOF\n", 1, 10, "a value in quotes expected, not '}'")]
    public void What_breaks_a_rule_is_refused_with_its_place(ExpositionFormat format, string page, long line, int column, string problem)
    {
        var failure = Assert.Throws<PageSyntaxException>(() => CollectedPage.Read(page, format));
        Assert.Equal($"line {line}, column {column}: {problem}", failure.Message);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var gzip = Assert.Throws<PageSyntaxException>(() => CollectedPage.Read([0x1F, 0x8B, 8, 7]));
        Assert.Equal("line 1, column 2: byte 0x8B is not UTF-8: is this compressed or binary?", gzip.Message);
        var latin = Assert.Throws<PageSyntaxException>(() => CollectedPage.Read([.. "a 1\nb{x=\""u8, 0xE9, .. "\"} 1\n"u8]));
        Assert.Equal("line 2, column 6: byte 0xE9 is not UTF-8: is this a metrics page in text?", latin.Message);
    }

    [Fact]
    public void Every_sample_finds_its_family()
    {
        var page = CollectedPage.Read("""
            # HELP mem A \\ and\na line.
            # TYPE mem gauge
            mem 1
            # TYPE mem_total counter
            mem_total 2
            # TYPE h histogram
            h_bucket{le="+Inf"} 1
            h_sum 1
            h_count 1
            # TYPE s summary
            s{quantile="0.5"} 1
            s_sum 1
            s_count 1
            other_count 1

            """, Text);
        Assert.Equal(
            [
                ("mem", PageType.Gauge, SampleRole.Value), ("mem_total", PageType.Counter, SampleRole.Value),
                ("h", PageType.Histogram, SampleRole.Bucket), ("h", PageType.Histogram, SampleRole.Sum), ("h", PageType.Histogram, SampleRole.Count),
                ("s", PageType.Summary, SampleRole.Quantile), ("s", PageType.Summary, SampleRole.Sum), ("s", PageType.Summary, SampleRole.Count),
                ("other_count", PageType.Unknown, SampleRole.Value),
            ],
            page.Samples.Select(sample => (sample.Family.Name, sample.Family.Type, sample.Role)));
        Assert.Equal("A \\ and\na line.", page.Samples[0].Family.Help);
    }

    [Fact]
    public void Types_of_OpenMetrics_have_their_suffixes()
    {
        var page = CollectedPage.Read("""
            # TYPE c_seconds counter
            # UNIT c_seconds seconds
            c_seconds_total 1
            c_seconds_created 1
            # TYPE i info
            i_info{a="b"} 1
            # TYPE g gaugehistogram
            g_bucket{le="+Inf"} 1
            g_gcount 1
            # TYPE e stateset
            e{e="on"} 1
            # EOF

            """);
        Assert.Equal(
            [
                ("c_seconds", PageType.Counter, SampleRole.Value), ("c_seconds", PageType.Counter, SampleRole.Created), ("i", PageType.Info, SampleRole.Value),
                ("g", PageType.GaugeHistogram, SampleRole.Bucket), ("g", PageType.GaugeHistogram, SampleRole.Count), ("e", PageType.StateSet, SampleRole.Value),
            ],
            page.Samples.Select(sample => (sample.Family.Name, sample.Family.Type, sample.Role)));
        Assert.Equal((OpenMetrics, "seconds"), (page.Format, page.Samples[0].Family.Unit));
    }

    [Fact]
    public void A_gauge_and_a_counter_may_differ_by_total_alone()
    {
        var page = CollectedPage.Read("# TYPE a gauge\na 1\n# HELP a Counted.\n# TYPE a counter\na_total 2\n# EOF\n");
        Assert.Equal([(PageType.Gauge, "", 0), (PageType.Counter, "Counted.", 1)], page.Samples.Select(sample => (sample.Family.Type, sample.Family.Help, sample.Family.Index)));
    }

    [Theory]
    [InlineData("# TYPE a counter\na_total 1\n# EOF\n", OpenMetrics)]
    [InlineData("# TYPE a_total counter\na_total 1\n", Text)]
    [InlineData("# TYPE a unknown\na 1\n# EOF\n", OpenMetrics)]
    [InlineData("", Text)]
    public void The_format_shows(string page, ExpositionFormat expected) => Assert.Equal(expected, CollectedPage.Read(page).Format);

    [Theory]
    [InlineData("a 1\nb 2\nc 3\n", 100, 2, 100, PageLimit.Families, "more than 2 metric families")]
    [InlineData("a 1\nb 2\nc 3\n", 11, 9, 100, PageLimit.Bytes, "the page has more than 11 bytes")]
    [InlineData("a 1\nabcdefgh 2\n", 100, 9, 8, PageLimit.LineBytes, "line 2 is longer than 8 bytes: is this a metrics page?")]
    [InlineData("# HELP a 34 characters of text, and not one more\nabcd 1\n", 100, 9, 100, PageLimit.MetadataBytes, "names, help and units of the metric families have more than 42 bytes")]
    public void A_page_beyond_a_limit_is_refused(string page, long bytes, int families, int line, PageLimit limit, string message)
    {
        var limits = new PageLimits { Bytes = bytes, Families = families, LineBytes = line, MetadataBytes = 42 };
        var failure = Assert.Throws<PageLimitException>(() => CollectedPage.Read([.. System.Text.Encoding.UTF8.GetBytes(page)], null, int.MaxValue, limits));
        Assert.Equal((limit, message), (failure.Limit, failure.Message));
    }

    [Fact]
    public void What_is_said_of_a_page_gives_a_terminal_no_orders()
    {
        var failure = Assert.Throws<PageSyntaxException>(() => CollectedPage.Read("a \u001b[2J1\r\n"));
        Assert.Equal(@"line 1, column 3: '\u001B[2J1\u000D' is not a value: a number, NaN, +Inf or -Inf is", failure.Message);
    }

    private static string Shown(CollectedSample sample) => string.Concat(
        [sample.Name, .. sample.Labels.Select(label => $"|{label.Name}={label.Value}"), sample.Milliseconds is { } time ? $"@{time}" : ""]);
}
