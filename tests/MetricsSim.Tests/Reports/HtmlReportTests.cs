using System.Globalization;
using System.Xml.Linq;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Reports;
using MetricsSim.Tests.Configuration;
using Xunit;

namespace MetricsSim.Tests.Reports;

/// <summary>The report is one well-formed page that needs nothing else, and shows what the run says.</summary>
public sealed class HtmlReportTests
{
    private static readonly WorldOptions Default = ConfigTestData.Good("").World;

    private static JudgedRun Play(string id, string? name = null)
    {
        var scenario = Default.Scenarios[id];
        var scenarios = new Dictionary<string, Core.Scenarios.Scenario>(StringComparer.Ordinal) { [id] = scenario with { Name = name ?? scenario.Name } };
        return JudgedRun.Of(ScenarioPlayer.Play(Default with { Scenarios = scenarios }, new StartSimulation(id)));
    }

    [Fact]
    public void It_is_self_contained_and_escapes_what_it_is_given()
    {
        var page = XDocument.Parse(HtmlReport.Of([Play("disaster_recovery", "Not <b>bold</b> & \"quoted\"")]));
        Assert.Equal("Not <b>bold</b> & \"quoted\"", page.Descendants("h1").Single().Value);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" || element.Value == "bold");
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute => attribute.Name.LocalName is "src" or "href" or "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Contains("@media print", page.Descendants("style").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_verdicts_plots_and_faults_of_every_run()
    {
        var runs = new[] { Play("disaster_recovery"), Play("stress_test"), Play("baseline") };
        var sections = XDocument.Parse(HtmlReport.Of(runs)).Descendants("section").ToList();
        Assert.Equal(3, sections.Count);
        foreach (var (run, section) in runs.Zip(sections))
        {
            var verdicts = section.Descendants("tbody").First().Elements("tr").ToList();
            Assert.Equal(run.Verdicts.Select(verdict => verdict.Metric), verdicts.Select(row => row.Elements("td").First().Value));
            Assert.All(verdicts, row => Assert.Contains("passed", row.Value, StringComparison.Ordinal));
            var plots = section.Descendants("svg").ToList();
            Assert.Equal(8, plots.Count);
            Assert.All(plots, plot => Assert.Equal(run.Truth.Count, plot.Elements("rect").Count()));
            Assert.All(plots, plot => Assert.All(plot.Elements("path"), path => Assert.StartsWith("M", (string?)path.Attribute("d"), StringComparison.Ordinal)));
        }

        Assert.Equal(["fault", "fault"], sections[0].Descendants("svg").First().Elements("rect").Select(rect => (string)rect.Attribute("class")!));
        Assert.Equal(["overload"], sections[1].Descendants("svg").First().Elements("rect").Select(rect => (string)rect.Attribute("class")!));
    }

    [Fact]
    public void A_band_covers_its_time_and_a_gap_in_the_values_is_one_in_the_line()
    {
        var svg = XElement.Parse(new SvgPlot([1000, 2000, 3000, 4000], [new PlotBand(1000, 3000, "model_outage", true)])
            .Draw("t", [new PlotLine("a", [1, 2, double.NaN, 4])]));
        var rect = svg.Element("rect")!;
        // 52 to 620 is the run's length: a quarter is 142.
        Assert.Equal((194, 284), (Number(rect, "x"), Number(rect, "width")));
        Assert.Equal("M123 127L265 88M549 10", (string?)svg.Element("path")!.Attribute("d"));
    }

    [Theory]
    [InlineData(10, "0 2.5 5 7.5 10")]
    [InlineData(0.9, "0 0.25 0.5 0.75 1")]
    [InlineData(150, "0 50 100 150")]
    [InlineData(9012, "0 2500 5000 7500 10k")]
    [InlineData(0, "0 0.25 0.5 0.75 1")]
    public void Axes_have_round_numbers_up_to_the_highest(double highest, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', NiceAxis.From0To(highest, 4).Select(NiceAxis.Text)));

    [Theory]
    [InlineData(14400, "0:00 h,0:30 h,1:00 h,1:30 h,2:00 h,2:30 h,3:00 h,3:30 h,4:00 h")]
    [InlineData(1800, "0 min,5 min,10 min,15 min,20 min,25 min,30 min")]
    [InlineData(20, "0 s,2.5 s,5 s,7.5 s,10 s,12.5 s,15 s,17.5 s,20 s")]
    public void Times_have_round_numbers(double seconds, string ticks) =>
        Assert.Equal(ticks, string.Join(',', NiceAxis.Time(seconds, 8).Select(at => NiceAxis.TimeText(at, seconds))));

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
