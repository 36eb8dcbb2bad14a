using System.Xml.Linq;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>The pictures of the repository are small and nothing but pictures, and those of dashboards are of dashboards that there are.</summary>
public sealed class PictureTests
{
    private const long MostBytes = 200_000;

    // Plots of the study of cardinality, which docs/cardinality-study.md shows.
    private const string Study = "study-";

    public static TheoryData<string> Pictures => Named(_ => true);

    public static TheoryData<string> OfDashboards => Named(name => !name.StartsWith(Study, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Each_is_small_and_nothing_but_a_picture(string name)
    {
        Assert.InRange(new FileInfo(PathOf(name)).Length, 1, MostBytes);
        Assert.DoesNotContain(Read(name).Descendants(), element => element.Name.LocalName is "script" or "image" or "foreignObject" or "a");
    }

    [Theory]
    [MemberData(nameof(OfDashboards))]
    public void Each_shows_a_dashboard_of_today(string name)
    {
        var picture = Read(name);
        var texts = picture.Descendants().Where(element => element.Name.LocalName is "title").Select(element => element.Value.Split(": ")[0]).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain("No data", picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.All(ShippedDashboards.ByName[name].Panels, panel => Assert.True(texts.Contains(panel.Title), $"{panel.Title} is not in the picture: make pictures"));
    }

    private static TheoryData<string> Named(Func<string, bool> wanted) =>
        [.. Directory.GetFiles(PathOf(""), "*.svg").Select(path => Path.GetFileNameWithoutExtension(path)).Where(wanted).Order(StringComparer.Ordinal)];

    private static string PathOf(string name) => Path.Combine(RepositoryRoot.Path, "docs", "pictures", name.Length == 0 ? "" : name + ".svg");

    private static XDocument Read(string name) => XDocument.Parse(File.ReadAllText(PathOf(name)));
}
