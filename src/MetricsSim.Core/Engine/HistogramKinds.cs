namespace MetricsSim.Core.Engine;

/// <summary>Which buckets the histograms of the population have where a format can show them.</summary>
public enum HistogramKinds
{
    /// <summary>Buckets as series, with bounds of their own for each family.</summary>
    Classic,

    /// <summary>Exponential buckets in one series. Text formats, which have none, show classic buckets.</summary>
    Native,

    /// <summary>Both in one series.</summary>
    Both,
}
