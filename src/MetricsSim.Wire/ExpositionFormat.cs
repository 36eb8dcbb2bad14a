namespace MetricsSim.Wire;

/// <summary>A format of the metrics page.</summary>
public enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4, what everyone understands.</summary>
    Text004,

    /// <summary>OpenMetrics text format 1.0.0.</summary>
    OpenMetrics100,
}
