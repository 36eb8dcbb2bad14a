namespace MetricsSim.Core.Series;

/// <summary>The latest request of a bucket or counter. There is none while the trace is 0.</summary>
/// <param name="At">When it ended: ms since the Unix epoch by the exporter's clock in a snapshot, µs since tick 0 before.</param>
/// <param name="TraceHigh">Upper half of its trace id.</param>
/// <param name="TraceLow">Lower half.</param>
/// <param name="Value">What it added, as the family's cells have it.</param>
public readonly record struct Exemplar(long At, ulong TraceHigh, ulong TraceLow, long Value)
{
    /// <summary>Whether there is one.</summary>
    public bool IsPresent => (TraceHigh | TraceLow) != 0;

    /// <summary>The later one, in an order that is the same whatever lanes they come from.</summary>
    internal static Exemplar Latest(in Exemplar a, in Exemplar b) =>
        !a.IsPresent || (b.IsPresent && (b.At, b.TraceHigh, b.TraceLow).CompareTo((a.At, a.TraceHigh, a.TraceLow)) > 0) ? b : a;
}
