using System.Buffers.Binary;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Exemplars as messages. None has more than 127 bytes, nor has a counter or bucket with one, so all their lengths take one byte.</summary>
internal static class ExemplarMessage
{
    /// <summary>No exemplar takes more bytes with its tag, of two bytes at most, and its length.</summary>
    public const int MaxLength = 3 + LabelLength + 1 + sizeof(double) + 2 + (2 * (1 + Varint.MaxLength));

    private const int TraceLength = 32;
    private const int LabelLength = 2 + 2 + 8 + 2 + TraceLength;

    private static readonly byte[] Label =
        [Tags.ExemplarLabel, LabelLength - 2, Tags.LabelName, 8, .. "trace_id"u8, Tags.LabelValue, TraceLength];

    /// <summary>Bytes with the length but without the tag; 0 when there is none.</summary>
    public static int Size(in Exemplar exemplar) => exemplar.IsPresent ? 1 + MessageSize(exemplar) : 0;

    /// <summary>Writes the length and the message.</summary>
    /// <returns>What <see cref="Size"/> says.</returns>
    public static int Write(in Exemplar exemplar, SampleValue value, Span<byte> destination)
    {
        var (seconds, nanos) = PageTimes.Split(exemplar.At);
        destination[0] = (byte)MessageSize(exemplar);
        Label.CopyTo(destination[1..]);
        var at = 1 + Label.Length;
        at += ExemplarText.WriteTrace(exemplar, destination[at..]);
        destination[at++] = Tags.ExemplarValue;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], value.Bits(exemplar.Value));
        at += sizeof(double);
        destination[at++] = Tags.ExemplarTimestamp;
        destination[at++] = (byte)PageTimes.Size(seconds, nanos);
        return at + PageTimes.Write(seconds, nanos, destination[at..]);
    }

    private static int MessageSize(in Exemplar exemplar)
    {
        var (seconds, nanos) = PageTimes.Split(exemplar.At);
        return LabelLength + 1 + sizeof(double) + 2 + PageTimes.Size(seconds, nanos);
    }
}
