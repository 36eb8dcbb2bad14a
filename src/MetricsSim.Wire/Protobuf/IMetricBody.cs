using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Protobuf;

/// <summary>What a metric has beyond its labels. Implemented by structs, so that each type of family gets loops of its own.</summary>
internal interface IMetricBody
{
    /// <summary>No metric has more bytes.</summary>
    int Longest { get; }

    /// <summary>Whether a series saw an event.</summary>
    bool Touched(ReadOnlySpan<long> cells);

    /// <summary>Exact bytes of a series; its exemplars may be none.</summary>
    int Size(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars);

    /// <summary>Writes a series.</summary>
    /// <returns>What <see cref="Size"/> says.</returns>
    int Write(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination);
}
