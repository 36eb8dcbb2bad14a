namespace MetricsSim.Wire.Reading;

/// <summary>The types that pages declare: those of OpenMetrics 1.0, of which text 0.0.4 has the first five.</summary>
public enum PageType
{
    /// <summary>Nothing is declared, or <c>untyped</c>, or <c>unknown</c>.</summary>
    Unknown,

    /// <summary>A value that never falls but by a reset.</summary>
    Counter,

    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>Counts by bucket, a sum and a count.</summary>
    Histogram,

    /// <summary>Quantiles, a sum and a count.</summary>
    Summary,

    /// <summary>The constant 1 with labels that describe.</summary>
    Info,

    /// <summary>A 0 or 1 for each state.</summary>
    StateSet,

    /// <summary>A histogram whose counts may fall.</summary>
    GaugeHistogram,
}

/// <summary>What a sample is within its family.</summary>
public enum SampleRole
{
    /// <summary>The value itself.</summary>
    Value,

    /// <summary>A cumulative count up to <c>le</c>.</summary>
    Bucket,

    /// <summary>A quantile of a summary.</summary>
    Quantile,

    /// <summary>The sum of observations.</summary>
    Sum,

    /// <summary>The count of observations.</summary>
    Count,

    /// <summary>When the series began.</summary>
    Created,
}
