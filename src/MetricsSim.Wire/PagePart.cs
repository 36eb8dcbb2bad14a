using MetricsSim.Core.Series;

namespace MetricsSim.Wire;

/// <summary>One part of a page: a layout with the values of one scrape.</summary>
/// <param name="Layout">The prepared bytes; its <see cref="PageLayout.Series"/> is the layout of <paramref name="Snapshot"/>.</param>
/// <param name="Snapshot">The values; whoever holds it keeps it unchanged until the page is written.</param>
public readonly record struct PagePart(PageLayout Layout, Snapshot Snapshot);
