using System.Text;
using MetricsSim.Wire.Reading;

namespace MetricsSim.Tests.Learning;

/// <summary>What two pages that mimic each other have in common: families with their types, label names and numbers of series.</summary>
internal sealed class PageShape : IPageVisitor
{
    private readonly Dictionary<string, (PageType Type, SortedSet<string> Labels, HashSet<string> Series)> _families = new(StringComparer.Ordinal);

    /// <summary>The families by name: <c>type, label names, number of series</c>.</summary>
    public IReadOnlyDictionary<string, string> Families => _families.ToDictionary(
        family => family.Key,
        family => $"{Published(family.Value.Type)} {{{string.Join(',', family.Value.Labels)}}} {family.Value.Series.Count}",
        StringComparer.Ordinal);

    public static async Task<PageShape> ReadAsync(string page)
    {
        var shape = new PageShape();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(page));
        await new PageReader(shape, new PageLimits()).ReadAsync(stream, null, CancellationToken.None);
        return shape;
    }

    public void OnSample(PageFamily family, SampleRole role, in SampleView sample)
    {
        if (!_families.TryGetValue(family.Name, out var seen)) _families.Add(family.Name, seen = (family.Type, new(StringComparer.Ordinal), new(StringComparer.Ordinal)));
        var series = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sample.LabelCount; i++)
        {
            var name = Encoding.UTF8.GetString(sample.LabelName(i));
            var isOwn = (name == "le" && role == SampleRole.Bucket) || (name == "quantile" && role == SampleRole.Quantile);
            if (isOwn || sample.LabelValue(i).IsEmpty) continue;
            seen.Labels.Add(name);
            series.Add($"{name}={Encoding.UTF8.GetString(sample.LabelValue(i))}");
        }

        seen.Series.Add(string.Join('\n', series));
    }

    // What declares no type can only be mimicked by a gauge.
    private static PageType Published(PageType type) => type == PageType.Unknown ? PageType.Gauge : type;
}
