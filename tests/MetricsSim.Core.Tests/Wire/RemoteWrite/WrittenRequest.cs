using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>One sample of a request.</summary>
/// <param name="Labels">Labels in the order of the message.</param>
/// <param name="Bits">The bits of its value.</param>
/// <param name="Time">ms since the Unix epoch.</param>
/// <param name="Start">When it began at 0 (2.0 only); 0 for none.</param>
internal sealed record WrittenSample(IReadOnlyList<Label> Labels, ulong Bits, long Time, long Start = 0)
{
    public string Series => string.Join(',', Labels.Select(label => $"{label.Name}={label.Value}"));
}

/// <summary>One native histogram of a request.</summary>
/// <param name="Labels">Labels in the order of the message.</param>
/// <param name="Count">Observations.</param>
/// <param name="Sum">The bits of their sum.</param>
/// <param name="Schema">Resolution.</param>
/// <param name="ZeroThreshold">Width of the bucket of zero.</param>
/// <param name="ZeroCount">What it holds.</param>
/// <param name="Buckets">Index and count of each bucket of the spans.</param>
/// <param name="Time">ms since the Unix epoch.</param>
/// <param name="Start">When it began at 0 (2.0 only); 0 for none.</param>
internal sealed record WrittenHistogram(
    IReadOnlyList<Label> Labels, ulong Count, ulong Sum, long Schema, double ZeroThreshold, ulong ZeroCount, IReadOnlyList<(long Index, long Count)> Buckets, long Time, long Start)
{
    public string Series => string.Join(',', Labels.Select(label => $"{label.Name}={label.Value}"));
}

/// <summary>One exemplar of a request.</summary>
/// <param name="Series">Labels of its series.</param>
/// <param name="Labels">Its own labels.</param>
/// <param name="Value">Its value.</param>
/// <param name="Time">ms since the Unix epoch.</param>
internal sealed record WrittenExemplar(IReadOnlyList<Label> Series, IReadOnlyList<Label> Labels, double Value, long Time);

/// <summary>Metadata of a family in a request of version 1.0.</summary>
internal sealed record WrittenMetadata(int Type, string Name, string Help, string Unit);

/// <summary>What is in a request.</summary>
internal sealed class WrittenRequest
{
    public List<WrittenSample> Samples { get; } = [];

    public List<WrittenHistogram> Histograms { get; } = [];

    public List<WrittenExemplar> Exemplars { get; } = [];

    public List<WrittenMetadata> Metadata { get; } = [];
}
