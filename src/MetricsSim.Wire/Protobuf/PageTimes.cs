using System.Buffers;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Times, and the fields with times that all series of a part share.</summary>
internal sealed class PageTimes
{
    public PageTimes(Snapshot snapshot, bool timestamps)
    {
        var scratch = new ArrayBufferWriter<byte>();
        if (timestamps)
        {
            scratch.AppendNumber(Tags.MetricTimestamp, (ulong)snapshot.UnixMilliseconds);
        }

        Timestamp = scratch.WrittenSpan.ToArray();
        CounterCreated = Field(Tags.CounterCreated, snapshot.CreatedUnixMilliseconds);
        SummaryCreated = Field(Tags.SummaryCreated, snapshot.CreatedUnixMilliseconds);
        HistogramCreated = Field(Tags.HistogramCreated, snapshot.CreatedUnixMilliseconds);
    }

    /// <summary><c>timestamp_ms</c> of a metric, or nothing.</summary>
    public byte[] Timestamp { get; }

    /// <summary><c>created_timestamp</c> of a counter.</summary>
    public byte[] CounterCreated { get; }

    /// <summary><c>created_timestamp</c> of a summary.</summary>
    public byte[] SummaryCreated { get; }

    /// <summary><c>created_timestamp</c> of a histogram.</summary>
    public byte[] HistogramCreated { get; }

    /// <summary>Seconds and nanoseconds of a <c>google.protobuf.Timestamp</c>; the latter are never negative.</summary>
    public static (long Seconds, ulong Nanos) Split(long unixMilliseconds)
    {
        var seconds = (long)Math.Floor(unixMilliseconds / 1000m);
        return (seconds, (ulong)(unixMilliseconds - (seconds * 1000)) * 1_000_000);
    }

    /// <summary>Bytes of a <c>google.protobuf.Timestamp</c>: its syntax is proto3, where 0 isn't written.</summary>
    public static int Size(long seconds, ulong nanos) =>
        (seconds == 0 ? 0 : 1 + Varint.Length((ulong)seconds)) + (nanos == 0 ? 0 : 1 + Varint.Length(nanos));

    /// <summary>Writes a <c>google.protobuf.Timestamp</c>.</summary>
    /// <returns>What <see cref="Size"/> says.</returns>
    public static int Write(long seconds, ulong nanos, Span<byte> destination)
    {
        var at = 0;
        if (seconds != 0)
        {
            destination[at++] = Tags.TimestampSeconds;
            at += Varint.Write((ulong)seconds, destination[at..]);
        }

        if (nanos != 0)
        {
            destination[at++] = Tags.TimestampNanos;
            at += Varint.Write(nanos, destination[at..]);
        }

        return at;
    }

    private static byte[] Field(byte tag, long unixMilliseconds)
    {
        var (seconds, nanos) = Split(unixMilliseconds);
        var message = new byte[Size(seconds, nanos)];
        Write(seconds, nanos, message);
        return [tag, (byte)message.Length, .. message];
    }
}
