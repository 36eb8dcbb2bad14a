namespace MetricsSim.Core.Series;

/// <summary>Which families there are, in page order. Immutable: encoders derive their bytes from a layout once and keep them while it lives.</summary>
/// <param name="families">The families in the order in which they are written.</param>
public sealed class SeriesLayout(IReadOnlyList<MetricFamily> families)
{
    /// <summary>The families in page order; a family's index here is its column's index in a <see cref="Snapshot"/>.</summary>
    public IReadOnlyList<MetricFamily> Families { get; } = families;
}
