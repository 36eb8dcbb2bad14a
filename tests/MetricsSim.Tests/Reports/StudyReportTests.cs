using System.Globalization;
using System.Text;
using System.Xml.Linq;
using MetricsSim.Cli;
using MetricsSim.Cli.Cardinality;
using MetricsSim.Dashboards.Model;
using MetricsSim.Reports;
using MetricsSim.Studies;
using MetricsSim.Tests.Studies;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Reports;

/// <summary>A study of fixed figures as a page, as JSON, as pictures and as a table; all of them are approved text.</summary>
public sealed class StudyReportTests
{
    [Fact]
    public void The_page_is_as_approved_and_well_formed()
    {
        var text = StudyReport.Of(StudyExample.Result);
        Approved.Equal("Reports/Approved/study.html", text);
        var page = XDocument.Parse(text);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "fast");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "style");
        Assert.Equal(7, page.Descendants("figure").Count());
    }

    [Fact]
    public void The_figures_are_as_approved() => Approved.Equal("Reports/Approved/study.json", StudyJson.Of(StudyExample.Result));

    [Fact]
    public void The_table_is_as_approved()
    {
        using var output = new MemoryStream();
        new Terminal { Out = output, Error = TextWriter.Null, Variable = _ => null }.Render(noColor: true, console => StudyTable.Draw(console, StudyExample.Result));
        Approved.Equal("Reports/Approved/study.txt", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void A_picture_is_as_approved_and_a_file_of_its_own()
    {
        var plot = StudyPlots.Of(StudyExample.Result).Single(plot => plot.Id == "query-rate");
        Approved.Equal("Reports/Approved/study-query-rate.svg", plot.File());
        var svg = XDocument.Parse(plot.File()).Root!;
        Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
        Assert.Contains("prefers-color-scheme: dark", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_lie_on_axes_of_logarithms_and_a_failure_is_a_cross()
    {
        var svg = XElement.Parse(LogLogPlot.Draw("t", [LogLogLine.Fitted("a", [new(1e3, 1), new(1e4, 10, 20), new(1e5, 100), new(1e6, double.PositiveInfinity)])], (20, "limit")));
        double[] across = [.. svg.Elements("circle").Select(circle => Number(circle, "cx"))];
        double[] down = [.. svg.Elements("circle").Select(circle => Number(circle, "cy"))];
        // A decade is as wide as the next; 1 and 100 are the ends of the axis of costs, from 234 up to 12.
        Assert.Equal(across[1] - across[0], across[2] - across[1], 0.2);
        Assert.Equal([234, 123, 12], down);
        Assert.Equal(234 - (111 * Math.Log10(20)), Number(svg.Elements("line").Single(line => (string?)line.Attribute("class") == "limit dashed"), "y1"), 0.06);
        Assert.Equal($"M{across[1]} 123V{234 - (111 * Math.Log10(20)):0.#}m-3 0h6", (string?)svg.Elements("path").Single(path => (string?)path.Attribute("class") == "whisker c1").Attribute("d"));
        Assert.Equal("a, 1,000,000 series: failed", svg.Elements("path").Last().Value);
        // The law of exponent 1 goes through all three, and not on to the size that failed.
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"M{across[0]} 234L{across[2]} 12"), (string?)svg.Elements("path").First().Attribute("d"));
    }

    [Theory]
    [InlineData(10, 500, "10 100 1000")]
    [InlineData(2, 3, "1 2 5 10")]
    [InlineData(0.001, 1e6, "0.001 0.01 0.1 1 10 100 1000 10k 100k 1M")]
    public void Axes_of_logarithms_end_at_decades(double least, double most, string labels)
    {
        var axis = LogAxis.Decades([least, most]);
        var ticks = axis.Ticks().ToList();
        Assert.Equal((axis.Low, axis.High), (ticks[0].At, ticks[^1].At));
        var shown = ticks.Where(tick => tick.Labelled).Select(tick => NiceAxis.Text(tick.At)).ToList();
        Assert.Superset(labels.Split(' ').ToHashSet(), shown.ToHashSet());
        Assert.InRange(shown.Count, 2, 12);
    }

    [Fact]
    public void Findings_take_the_slowest_query_of_a_class_at_each_size()
    {
        var rate = StudyExample.Result.Findings.Single(finding => finding is { Class: QueryClass.Rate, Form: QueryForm.Range });
        Assert.Equal([new(10_007, 180, 200), new(100_007, 1800, 2000), new(300_007, 5400, 6000)], rate.Points);
        Assert.Equal(CapacityKind.Interpolated, rate.Capacity!.Kind);
        Assert.True(rate.MissesUpTo(100_007));
        Assert.False(rate.MissesUpTo(100_006));
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
