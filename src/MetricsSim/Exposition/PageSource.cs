using System.Collections.Concurrent;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Exposition;

/// <summary>Makes pages: the world's families, then the process's own. Encoded label bytes are made once per format and kept.</summary>
/// <param name="world">Families of the world.</param>
/// <param name="created">Whether <c>_created</c> samples are written.</param>
internal sealed class PageSource(SeriesLayout world, bool created)
{
    private readonly ConcurrentDictionary<ExpositionFormat, Lazy<(PageLayout World, PageLayout Runtime)>> _layouts = new();

    /// <summary>Begins a page.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="worldValues">Values of the world's families; they must not change until the page is written.</param>
    /// <param name="runtimeValues">Values of <see cref="RuntimeMetrics.Layout"/>.</param>
    /// <returns>The page, to be read piece by piece.</returns>
    public PageWriter Begin(ExpositionFormat format, Snapshot worldValues, Snapshot runtimeValues)
    {
        (PageLayout worldLayout, PageLayout runtimeLayout) = _layouts.GetOrAdd(format, Make).Value;
        return new PageWriter([new PagePart(worldLayout, worldValues), new PagePart(runtimeLayout, runtimeValues)]);
    }

    private Lazy<(PageLayout World, PageLayout Runtime)> Make(ExpositionFormat format) =>
        new(() => (new PageLayout(world, format, created), new PageLayout(RuntimeMetrics.Layout, format, created)));
}
