using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>A series of a request of version 2.0.</summary>
internal sealed record WrittenSeries2(WrittenSample Sample, int Type, string Help, string Unit, long Created);

/// <summary>A strict reader of <c>io.prometheus.write.v2.Request</c>, written from the specification of remote write 2.0.</summary>
internal static class Write2RequestReader
{
    public static List<WrittenSeries2> Read(ReadOnlyMemory<byte> body)
    {
        var fields = WriteRequestReader.Fields(SnappyReader.Read(body.Span));
        string[] symbols = [.. fields.Where(field => field.Number == 4).Select(field => Encoding.UTF8.GetString(field.Content))];
        if (symbols.Length == 0 || symbols[0].Length > 0) throw new InvalidDataException("The first symbol is the empty one.");
        if (symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Length) throw new InvalidDataException("A symbol stands twice.");
        if (fields.Exists(field => field.Number is not (4 or 5))) throw new InvalidDataException("A field that is reserved.");
        return [.. fields.Where(field => field.Number == 5).Select(field => Series(field.Content, symbols))];
    }

    private static WrittenSeries2 Series(byte[] series, string[] symbols)
    {
        var fields = WriteRequestReader.Fields(series);
        var references = new List<string>();
        var packed = fields.Single(field => field.Number == 1).Content;
        for (var at = 0; at < packed.Length;) references.Add(symbols[WriteRequestReader.Varint(packed, ref at)]);
        var sample = WriteRequestReader.Fields(fields.Single(field => field.Number == 2).Content);
        var metadata = WriteRequestReader.Fields(fields.Single(field => field.Number == 5).Content);
        return new(
            new WrittenSample(
                [.. references.Chunk(2).Select(pair => new Label(pair[0], pair[1]))],
                sample.Single(field => field.Number == 1).Value,
                (long)sample.Single(field => field.Number == 2).Value),
            (int)metadata.Single(field => field.Number == 1).Value,
            symbols[metadata.Single(field => field.Number == 3).Value],
            symbols[metadata.Single(field => field.Number == 4).Value],
            (long)fields.SingleOrDefault(field => field.Number == 6).Value);
    }
}
