using System.Buffers.Binary;
using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>A field of a message: bytes, or the bits of a number.</summary>
internal readonly record struct WireField(int Number, byte[] Content, ulong Value);

/// <summary>A strict reader of <c>prometheus.WriteRequest</c>, written from prompb/remote.proto and types.proto.</summary>
internal static class WriteRequestReader
{
    public static WrittenRequest Read(ReadOnlyMemory<byte> body)
    {
        var request = new WrittenRequest();
        foreach (var (number, content, _) in Fields(SnappyReader.Read(body.Span)))
        {
            if (number == 1) ReadSeries(Fields(content), request);
            else if (number == 3) request.Metadata.Add(Metadata(content));
            else throw new InvalidDataException($"Field {number} of a request.");
        }

        return request;
    }

    public static List<WireField> Fields(byte[] message)
    {
        var fields = new List<WireField>();
        for (var at = 0; at < message.Length;)
        {
            var tag = (int)Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    fields.Add(new(tag >> 3, [], Varint(message, ref at)));
                    break;
                case 1:
                    fields.Add(new(tag >> 3, [], BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at))));
                    at += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(new(tag >> 3, message[at..(at + length)], 0));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }

        return fields;
    }

    public static List<ulong> Packed(byte[] content)
    {
        var values = new List<ulong>();
        for (var at = 0; at < content.Length;) values.Add(Varint(content, ref at));
        return values;
    }

    public static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(message[at] & 0x7F) << shift;
            if (message[at++] < 0x80) return value;
        }
    }

    private static void ReadSeries(List<WireField> fields, WrittenRequest request)
    {
        Expect(fields, 1, 2, 3, 4);
        var labels = fields.Where(field => field.Number == 1).Select(field => Label(field.Content)).ToList();
        foreach (var exemplar in fields.Where(field => field.Number == 3).Select(field => Fields(field.Content)))
        {
            Expect(exemplar, 1, 2, 3);
            request.Exemplars.Add(new(
                labels,
                [.. exemplar.Where(field => field.Number == 1).Select(field => Label(field.Content))],
                BitConverter.UInt64BitsToDouble(Value(exemplar, 2)),
                (long)Value(exemplar, 3)));
        }

        // One sample or one histogram, never both.
        var point = fields.Single(field => field.Number is 2 or 4);
        if (point.Number == 4)
        {
            request.Histograms.Add(HistogramReader.Read(labels, point.Content, most: 15));
            return;
        }

        var sample = Fields(point.Content);
        Expect(sample, 1, 2);
        request.Samples.Add(new(labels, Value(sample, 1), (long)Value(sample, 2)));
    }

    private static void Expect(List<WireField> fields, params ReadOnlySpan<int> numbers)
    {
        foreach (var field in fields)
        {
            if (!numbers.Contains(field.Number)) throw new InvalidDataException($"Field {field.Number}.");
        }
    }

    private static ulong Value(List<WireField> fields, int number) => fields.Single(field => field.Number == number).Value;

    private static Label Label(byte[] label)
    {
        var fields = Fields(label);
        return new(Text(fields, 1), Text(fields, 2));
    }

    private static WrittenMetadata Metadata(byte[] metadata)
    {
        var fields = Fields(metadata);
        return new((int)Value(fields, 1), Text(fields, 2), Text(fields, 4), Text(fields, 5));
    }

    private static string Text(List<WireField> fields, int number) =>
        Encoding.UTF8.GetString(fields.SingleOrDefault(field => field.Number == number).Content ?? []);
}
