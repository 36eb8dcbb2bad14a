using System.Buffers.Binary;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Counters, gauges and infos: a few bytes, a double, a few bytes.</summary>
internal readonly struct SingleValue : IMetricBody
{
    private readonly byte[] _head;
    private readonly byte[] _end;
    private readonly SampleValue _value;

    public SingleValue(ProtobufFamily family, PageTimes times)
    {
        _value = family.Value;
        var created = family.HasCreated ? times.CounterCreated : [];
        var isCounter = family.Family.Type == MetricType.Counter;
        _head = [isCounter ? Tags.MetricCounter : Tags.MetricGauge, (byte)(1 + sizeof(double) + created.Length), Tags.Value];
        _end = [.. created, .. times.Timestamp];
    }

    public int Longest => _head.Length + sizeof(double) + _end.Length;

    public bool Touched(ReadOnlySpan<long> cells) => cells[0] != 0;

    public int Size(ReadOnlySpan<long> cells) => Longest;

    public int Write(ReadOnlySpan<long> cells, Span<byte> destination)
    {
        _head.CopyTo(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[_head.Length..], _value.Bits(cells[0]));
        _end.CopyTo(destination[(_head.Length + sizeof(double))..]);
        return Longest;
    }
}
