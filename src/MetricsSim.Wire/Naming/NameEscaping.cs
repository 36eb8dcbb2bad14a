namespace MetricsSim.Wire.Naming;

/// <summary>
/// What becomes of metric and label names beyond <c>[a-zA-Z_:][a-zA-Z0-9_:]*</c>, as Prometheus 3 asks for it by <c>escaping=</c>
/// (prometheus.io, docs/instrumenting/escaping_schemes).
/// </summary>
public enum NameEscaping
{
    /// <summary>Each character that is not allowed becomes <c>_</c>; also for whoever doesn't ask.</summary>
    Underscores,

    /// <summary>Dots become <c>_dot_</c>, underscores <c>__</c>, and so does everything else that is not allowed.</summary>
    Dots,

    /// <summary><c>U__</c>, then <c>_hex_</c> for each character that is not allowed and <c>__</c> for an underscore: it can be undone.</summary>
    Values,

    /// <summary>Names stay as they are; text formats put them in quotes.</summary>
    AllowUtf8,
}
