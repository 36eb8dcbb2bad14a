namespace MetricsSim.Wire.Reading;

/// <summary>How much of a page is read before it is refused; memory follows from all but the first, whatever the page.</summary>
public sealed record PageLimits
{
    /// <summary>Bytes of the page.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>Metric families.</summary>
    public int Families { get; init; } = 10_000;

    /// <summary>Bytes of names, help and units of all families.</summary>
    public long MetadataBytes { get; init; } = 32L << 20;

    /// <summary>Bytes of a line.</summary>
    public int LineBytes { get; init; } = 1 << 20;
}
