namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A version of the protocol.</summary>
public enum RemoteWriteVersion
{
    /// <summary>1.0: <c>prometheus.WriteRequest</c>, metadata in requests of its own.</summary>
    V1,

    /// <summary>2.0: <c>io.prometheus.write.v2.Request</c>, each text once in a request, metadata with every series.</summary>
    V2,
}
