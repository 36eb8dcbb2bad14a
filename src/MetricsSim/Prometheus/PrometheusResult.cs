namespace MetricsSim.Prometheus;

/// <summary>What a query came to.</summary>
internal abstract record PrometheusResult;

/// <summary>A number without labels.</summary>
/// <param name="Value">The number; may be NaN or infinite.</param>
internal sealed record PrometheusScalar(double Value) : PrometheusResult;

/// <summary>A text.</summary>
/// <param name="Text">The text.</param>
internal sealed record PrometheusString(string Text) : PrometheusResult;

/// <summary>A number for each series, all of one time.</summary>
/// <param name="Elements">The series; of each the only sample counts.</param>
internal sealed record PrometheusVector(IReadOnlyList<PrometheusSeries> Elements) : PrometheusResult;

/// <summary>Samples over time for each series.</summary>
/// <param name="Series">The series.</param>
internal sealed record PrometheusMatrix(IReadOnlyList<PrometheusSeries> Series) : PrometheusResult;

/// <summary>A series with its samples in order of time.</summary>
/// <param name="Labels">Labels by name, <c>__name__</c> among them where the expression kept it.</param>
/// <param name="Samples">The samples, at least one.</param>
internal sealed record PrometheusSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<PrometheusSample> Samples)
{
    /// <summary>The latest value.</summary>
    public double Value => Samples[^1].Value;
}

/// <summary>A value at a time.</summary>
/// <param name="Time">Seconds since the Unix epoch.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
internal readonly record struct PrometheusSample(double Time, double Value);
