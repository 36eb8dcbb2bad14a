using System.Buffers.Binary;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Counters, gauges and infos: a few bytes, a double, maybe an exemplar, a few bytes.</summary>
internal readonly struct SingleValue : IMetricBody
{
    private readonly byte[] _head;
    private readonly byte[] _end;
    private readonly SampleValue _value;
    private readonly bool _hasExemplars;

    public SingleValue(ProtobufFamily family, PageTimes times)
    {
        _value = family.Value;
        _hasExemplars = family.Family.HasExemplars;
        var created = family.HasCreated ? times.CounterCreated : [];
        var isCounter = family.Family.Type == MetricType.Counter;
        _head = [isCounter ? Tags.MetricCounter : Tags.MetricGauge, (byte)(1 + sizeof(double) + created.Length), Tags.Value];
        _end = [.. created, .. times.Timestamp];
    }

    public int Longest => WithoutExemplar + (_hasExemplars ? ExemplarMessage.MaxLength : 0);

    private int WithoutExemplar => _head.Length + sizeof(double) + _end.Length;

    public bool Touched(ReadOnlySpan<long> cells) => cells[0] != 0;

    public int Size(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars) =>
        exemplars.IsEmpty || !exemplars[0].IsPresent ? WithoutExemplar : WithoutExemplar + 1 + ExemplarMessage.Size(exemplars[0]);

    public int Write(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination)
    {
        _head.CopyTo(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[_head.Length..], _value.Bits(cells[0]));
        var at = _head.Length + sizeof(double);
        if (!exemplars.IsEmpty && exemplars[0].IsPresent)
        {
            destination[1] += (byte)(1 + ExemplarMessage.Size(exemplars[0]));
            destination[at++] = Tags.CounterExemplar;
            at += ExemplarMessage.Write(exemplars[0], _value, destination[at..]);
        }

        _end.CopyTo(destination[at..]);
        return at + _end.Length;
    }
}
