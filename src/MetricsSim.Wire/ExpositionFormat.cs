namespace MetricsSim.Wire;

/// <summary>A format of the metrics page.</summary>
public enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4, what everyone understands; with names in quotes it is 1.0.0.</summary>
    Text004,

    /// <summary>OpenMetrics text format 1.0.0.</summary>
    OpenMetrics100,

    /// <summary>Messages <c>io.prometheus.client.MetricFamily</c> of Protocol Buffers, each after its length.</summary>
    Protobuf,
}
