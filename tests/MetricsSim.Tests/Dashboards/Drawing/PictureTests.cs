using System.Xml.Linq;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>The pictures of the repository are of dashboards that there are, small, and nothing but pictures.</summary>
public sealed class PictureTests
{
    private const long MostBytes = 200_000;

    public static TheoryData<string> Pictures => [.. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs", "pictures"), "*.svg").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Each_shows_a_dashboard_of_today(string name)
    {
        var path = Path.Combine(RepositoryRoot.Path, "docs", "pictures", name + ".svg");
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
        var picture = XDocument.Parse(File.ReadAllText(path));
        Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "image" or "foreignObject" or "a");
        var texts = picture.Descendants().Where(element => element.Name.LocalName is "title").Select(element => element.Value.Split(": ")[0]).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain("No data", picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.All(ShippedDashboards.ByName[name].Panels, panel => Assert.True(texts.Contains(panel.Title), $"{panel.Title} is not in the picture: make pictures"));
    }
}
