using System.Buffers.Binary;
using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>One sample of a request.</summary>
/// <param name="Labels">Labels in the order of the message.</param>
/// <param name="Bits">The bits of its value.</param>
/// <param name="Time">ms since the Unix epoch.</param>
internal sealed record WrittenSample(IReadOnlyList<Label> Labels, ulong Bits, long Time)
{
    public string Series => string.Join(',', Labels.Select(label => $"{label.Name}={label.Value}"));
}

/// <summary>Metadata of a family in a request.</summary>
internal sealed record WrittenMetadata(int Type, string Name, string Help, string Unit);

/// <summary>A strict reader of <c>prometheus.WriteRequest</c>, written from prompb/remote.proto and types.proto.</summary>
internal static class WriteRequestReader
{
    public static (List<WrittenSample> Samples, List<WrittenMetadata> Metadata) Read(ReadOnlyMemory<byte> body)
    {
        var samples = new List<WrittenSample>();
        var metadata = new List<WrittenMetadata>();
        foreach (var (number, content, _) in Fields(SnappyReader.Read(body.Span)))
        {
            if (number == 1) samples.Add(Series(content));
            else if (number == 3) metadata.Add(Metadata(content));
            else throw new InvalidDataException($"Field {number} of a request.");
        }

        return (samples, metadata);
    }

    private static WrittenSample Series(byte[] series)
    {
        var fields = Fields(series);
        var labels = fields.Where(field => field.Number == 1).Select(field => Label(field.Content)).ToList();
        var sample = Fields(fields.Single(field => field.Number == 2).Content);
        return new(labels, sample.Single(field => field.Number == 1).Value, (long)sample.Single(field => field.Number == 2).Value);
    }

    private static Label Label(byte[] label)
    {
        var fields = Fields(label);
        return new(Text(fields, 1), Text(fields, 2));
    }

    private static WrittenMetadata Metadata(byte[] metadata)
    {
        var fields = Fields(metadata);
        return new((int)fields.Single(field => field.Number == 1).Value, Text(fields, 2), Text(fields, 4), Text(fields, 5));
    }

    private static string Text(List<(int Number, byte[] Content, ulong Value)> fields, int number) =>
        Encoding.UTF8.GetString(fields.SingleOrDefault(field => field.Number == number).Content ?? []);

    public static List<(int Number, byte[] Content, ulong Value)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[], ulong)>();
        for (var at = 0; at < message.Length;)
        {
            var tag = (int)Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((tag >> 3, [], Varint(message, ref at)));
                    break;
                case 1:
                    fields.Add((tag >> 3, [], BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at))));
                    at += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add((tag >> 3, message[at..(at + length)], 0));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }

        return fields;
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
}
