using System.Collections.Concurrent;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Exposition;

/// <summary>Makes pages: the world's families, then the process's own. Encoded label bytes are made once per format and way of escaping names, and kept.</summary>
/// <param name="world">Families of the world.</param>
/// <param name="created">Whether <c>_created</c> samples are written.</param>
internal sealed class PageSource(SeriesLayout world, bool created)
{
    private readonly ConcurrentDictionary<(ExpositionFormat, NameEscaping), Lazy<(PageLayout World, PageLayout Runtime)>> _layouts = new();

    /// <summary>Encodes labels as both text formats have them, which takes a second for ten million labels, so that no scrape waits for it.</summary>
    public void Prepare() => _ = _layouts.GetOrAdd((ExpositionFormat.Text004, NameEscaping.Underscores), Make).Value;

    /// <summary>Begins a page.</summary>
    /// <param name="format">Its format, and how names are escaped.</param>
    /// <param name="worldValues">Values of the world's families; they must not change until the page is written.</param>
    /// <param name="runtimeValues">Values of <see cref="RuntimeMetrics.Layout"/>.</param>
    /// <returns>The page, to be read piece by piece.</returns>
    public PageWriter Begin(NegotiatedFormat format, Snapshot worldValues, Snapshot runtimeValues)
    {
        (PageLayout worldLayout, PageLayout runtimeLayout) = _layouts.GetOrAdd((format.Format, format.Escaping), Make).Value;
        return new PageWriter([new PagePart(worldLayout, worldValues), new PagePart(runtimeLayout, runtimeValues)]);
    }

    /// <summary>Begins a page without what the process tells about itself.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="worldValues">Values of the world's families; they must not change until the page is written.</param>
    /// <returns>The page, to be read piece by piece.</returns>
    public PageWriter BeginWorld(ExpositionFormat format, Snapshot worldValues) =>
        new([new PagePart(_layouts.GetOrAdd((format, NameEscaping.Underscores), Make).Value.World, worldValues)]);

    private Lazy<(PageLayout World, PageLayout Runtime)> Make((ExpositionFormat Format, NameEscaping Escaping) key) =>
        new(() => (new PageLayout(world, key.Format, created, key.Escaping), new PageLayout(RuntimeMetrics.Layout, key.Format, created, key.Escaping)));
}
