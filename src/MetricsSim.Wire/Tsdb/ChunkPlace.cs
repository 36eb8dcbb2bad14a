namespace MetricsSim.Wire.Tsdb;

/// <summary>A chunk of one line in the bytes of its slice; none when it has no samples.</summary>
/// <param name="Start">Time of its first sample, ms since the Unix epoch.</param>
/// <param name="End">Time of its last sample.</param>
/// <param name="Offset">Where its frame begins.</param>
/// <param name="Length">Bytes of its frame.</param>
/// <param name="Samples">How many samples it holds.</param>
internal readonly record struct ChunkPlace(long Start, long End, int Offset, int Length, int Samples);
