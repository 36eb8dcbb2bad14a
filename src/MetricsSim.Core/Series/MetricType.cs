namespace MetricsSim.Core.Series;

/// <summary>The type of a metric family, as OpenMetrics 1.0 names them; text 0.0.4 writes <see cref="Info"/> as a gauge.</summary>
public enum MetricType
{
    /// <summary>A value that never falls but by a reset; its sample is named <c>…_total</c>.</summary>
    Counter,

    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>Counts by bucket, a sum and a count.</summary>
    Histogram,

    /// <summary>Quantiles, a sum and a count.</summary>
    Summary,

    /// <summary>The constant 1 with labels that describe a target; its sample is named <c>…_info</c>.</summary>
    Info,
}
