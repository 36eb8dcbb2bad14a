using System.Buffers;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Protobuf;

/// <summary>The fields with times that all series of a part share.</summary>
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
        var created = Message(snapshot.CreatedUnixMilliseconds);
        CounterCreated = Field(Tags.CounterCreated, created);
        HistogramCreated = Field(Tags.HistogramCreated, created);
    }

    /// <summary><c>timestamp_ms</c> of a metric, or nothing.</summary>
    public byte[] Timestamp { get; }

    /// <summary><c>created_timestamp</c> of a counter.</summary>
    public byte[] CounterCreated { get; }

    /// <summary><c>created_timestamp</c> of a histogram.</summary>
    public byte[] HistogramCreated { get; }

    /// <summary>A <c>google.protobuf.Timestamp</c>: nanoseconds are never negative.</summary>
    private static byte[] Message(long unixMilliseconds)
    {
        var seconds = (long)Math.Floor(unixMilliseconds / 1000m);
        var nanos = (ulong)(unixMilliseconds - (seconds * 1000)) * 1_000_000;
        var message = new ArrayBufferWriter<byte>();
        // Its syntax is proto3, where 0 isn't written.
        if (seconds != 0)
        {
            message.AppendNumber(Tags.TimestampSeconds, (ulong)seconds);
        }

        if (nanos != 0)
        {
            message.AppendNumber(Tags.TimestampNanos, nanos);
        }

        return message.WrittenSpan.ToArray();
    }

    private static byte[] Field(byte tag, byte[] message)
    {
        var field = new ArrayBufferWriter<byte>();
        field.AppendMessage(tag, message);
        return field.WrittenSpan.ToArray();
    }
}
