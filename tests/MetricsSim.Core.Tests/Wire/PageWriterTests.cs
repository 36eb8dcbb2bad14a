using MetricsSim.Core.Series;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

public sealed class PageWriterTests
{
    private static readonly MetricFamily Counter = new() { Name = "events", Help = "", Type = MetricType.Counter };

    [Theory]
    [InlineData("", "", "events_total 5\n")]
    [InlineData("a", "", "events_total{a=\"1\"} 5\n")]
    [InlineData("", "b", "events_total{b=\"1\"} 5\n")]
    [InlineData("a", "b", "events_total{a=\"1\",b=\"1\"} 5\n")]
    public void Braces_and_commas_fit_the_labels(string row, string leaf, string expected)
    {
        var family = Counter with { Rows = new FixedLabelRows([Labels(row)]), Leaves = [Labels(leaf)] };
        Assert.Equal("# TYPE events_total counter\n" + expected, Pages.Write(ExpositionFormat.Text004, family, 5));
        Assert.Equal("# TYPE events counter\n" + expected + "# EOF\n", Pages.Write(ExpositionFormat.OpenMetrics100, family, 5));
    }

    [Fact]
    public void Rows_with_and_without_labels_may_share_an_axis()
    {
        var family = Counter with { Rows = new FixedLabelRows([Labels("a"), [], Labels("a")]) };
        Assert.Equal(
            "# TYPE events_total counter\nevents_total{a=\"1\"} 1\nevents_total 2\nevents_total{a=\"1\"} 3\n",
            Pages.Write(ExpositionFormat.Text004, family, 1, 2, 3));
    }

    [Theory]
    [InlineData(ExpositionFormat.Text004, "")]
    [InlineData(ExpositionFormat.OpenMetrics100, "# EOF\n")]
    public void A_family_without_visible_series_is_left_out(ExpositionFormat format, string expected)
    {
        Assert.Equal(expected, Pages.Write(format, Counter with { HideUntouched = true }, 0));
        Assert.Equal(expected, Pages.Write(format, Counter with { Rows = new FixedLabelRows([]) }));
    }

    [Fact]
    public void A_histogram_with_a_sum_but_no_events_is_untouched()
    {
        var family = Counter with { Type = MetricType.Histogram, Bounds = [1], HideUntouched = true };
        Assert.Equal("", Pages.Write(ExpositionFormat.Text004, family, 0, 0, 77));
        Assert.Contains("events_count 1\n", Pages.Write(ExpositionFormat.Text004, family, 0, 1, 77), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events_seconds", "seconds", MetricType.Counter, true)]
    [InlineData("events", "seconds", MetricType.Counter, false)]
    [InlineData("eventsseconds", "seconds", MetricType.Counter, false)]
    [InlineData("seconds", "seconds", MetricType.Gauge, false)]
    [InlineData("events_seconds", "", MetricType.Counter, false)]
    [InlineData("events_seconds", null, MetricType.Counter, false)]
    [InlineData("build_seconds", "seconds", MetricType.Info, false)]
    public void Unit_is_written_only_where_the_name_ends_in_it(string name, string? unit, MetricType type, bool expected)
    {
        var family = Counter with { Name = name, Unit = unit, Type = type };
        Assert.Equal(expected, Pages.Write(ExpositionFormat.OpenMetrics100, family, 1).Contains($"# UNIT {name} {unit}\n", StringComparison.Ordinal));
        Assert.DoesNotContain("UNIT", Pages.Write(ExpositionFormat.Text004, family, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_becomes_a_replacement_character()
    {
        var family = Counter with { Leaves = [[new("a", "x\uD800y")]] };
        Assert.Contains("{a=\"x\uFFFDy\"}", Pages.Write(ExpositionFormat.Text004, family, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_an_axis_are_asked_for_once_per_row_and_kind_of_format()
    {
        var rows = new CountingRows(5000);
        var layout = new SeriesLayout([Counter with { Rows = rows }, Counter with { Name = "more", Rows = rows, Leaves = [[], Labels("b")] }]);
        foreach (var format in new[] { ExpositionFormat.Text004, ExpositionFormat.OpenMetrics100 })
        {
            var part = new PagePart(new PageLayout(layout, format), new Snapshot(layout));
            Assert.Contains("more_total{row=\"4999\",b=\"1\"} 0\n", Pages.Write([part]), StringComparison.Ordinal);
        }

        Assert.Equal(5000, rows.Asked);
        _ = new PageLayout(layout, ExpositionFormat.Protobuf);
        _ = new PageLayout(layout, ExpositionFormat.Protobuf, escaping: NameEscaping.AllowUtf8);
        Assert.Equal(10_000, rows.Asked);
    }

    [Fact]
    public void Goes_on_saying_that_it_is_done()
    {
        var layout = new SeriesLayout([Counter]);
        var writer = new PageWriter([new(new PageLayout(layout, ExpositionFormat.OpenMetrics100), new Snapshot(layout))]);
        var buffer = new byte[writer.MinimumBuffer + 1000];
        Assert.False(writer.Fill(buffer, out var written));
        Assert.Equal("# TYPE events counter\nevents_total 0\n# EOF\n".Length, written);
        Assert.False(writer.Fill(buffer, out written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Leaves_the_end_to_the_last_page_of_several()
    {
        var layout = new SeriesLayout([Counter]);
        var part = new PagePart(new PageLayout(layout, ExpositionFormat.OpenMetrics100), new Snapshot(layout));
        var whole = Pages.Write([part]);
        var writer = new PageWriter([part], last: false);
        var buffer = new byte[writer.MinimumBuffer + 1000];
        Assert.False(writer.Fill(buffer, out var written));
        Assert.Equal(whole, System.Text.Encoding.UTF8.GetString(buffer, 0, written) + "# EOF\n");
    }

    [Fact]
    public void Refuses_what_can_not_become_a_page()
    {
        var (layout, other) = (new SeriesLayout([Counter]), new SeriesLayout([Counter]));
        var text = new PagePart(new PageLayout(layout, ExpositionFormat.Text004), new Snapshot(layout));
        var openMetrics = new PagePart(new PageLayout(other, ExpositionFormat.OpenMetrics100), new Snapshot(other));
        Assert.Throws<ArgumentException>(() => new PageWriter([]));
        Assert.Throws<ArgumentException>(() => new PageWriter([text, openMetrics]));
        Assert.Throws<ArgumentException>(() => new PageWriter([text with { Snapshot = new Snapshot(other) }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PageLayout(layout, (ExpositionFormat)99));
        var writer = new PageWriter([text]);
        Assert.Throws<ArgumentException>(() => writer.Fill(new byte[writer.MinimumBuffer - 1], out _));
    }

    private static IReadOnlyList<Label> Labels(string name) => name.Length == 0 ? [] : [new(name, "1")];

    private sealed class CountingRows(int count) : LabelRows
    {
        public int Asked { get; private set; }

        public override int Count => count;

        public override IReadOnlyList<Label> Labels(int row)
        {
            Asked++;
            return [new("row", $"{row}")];
        }
    }
}
