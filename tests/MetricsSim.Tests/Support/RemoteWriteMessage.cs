using System.Buffers.Binary;
using System.Text;

namespace MetricsSim.Tests.Support;

/// <summary>The smallest remote write request there is: one series, in snappy's block format without compression.</summary>
internal static class RemoteWriteMessage
{
    private const byte Bytes = 2;
    private const int LongestLiteral = 60;

    /// <summary>Forms the body of a request.</summary>
    public static byte[] Of(string name, IEnumerable<(long Time, double Value)> samples)
    {
        // prometheus.WriteRequest { timeseries = 1 { labels = 1 { name = 1, value = 2 }, samples = 2 { value = 1, timestamp = 2 } } }
        byte[] label = [.. Field(1, "__name__"u8), .. Field(2, Encoding.UTF8.GetBytes(name))];
        byte[] series = [.. Field(1, label), .. samples.SelectMany(sample => Field(2, Sample(sample.Time, sample.Value)))];
        var message = Field(1, series);
        return [.. Varint((ulong)message.Length), .. message.Chunk(LongestLiteral).SelectMany(part => (byte[])[(byte)((part.Length - 1) << 2), .. part])];
    }

    private static byte[] Sample(long time, double value)
    {
        var bits = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
        return [(1 << 3) | 1, .. bits, 2 << 3, .. Varint((ulong)time)];
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)((number << 3) | Bytes), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
