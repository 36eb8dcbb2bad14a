using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>A series of a request of version 2.0, with a sample or a histogram.</summary>
internal sealed record WrittenSeries2(
    IReadOnlyList<Label> Labels, WrittenSample? Sample, WrittenHistogram? Histogram, IReadOnlyList<WrittenExemplar> Exemplars, int Type, string Help, string Unit)
{
    public long Start => Sample?.Start ?? Histogram!.Start;
}

/// <summary>A strict reader of <c>io.prometheus.write.v2.Request</c>, written from the specification of remote write 2.0 (rc.4).</summary>
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

    /// <summary>All points and exemplars, as a request of version 1.0 would hold them.</summary>
    public static WrittenRequest Flat(ReadOnlyMemory<byte> body)
    {
        var request = new WrittenRequest();
        foreach (var series in Read(body))
        {
            if (series.Sample is { } sample) request.Samples.Add(sample);
            if (series.Histogram is { } histogram) request.Histograms.Add(histogram);
            request.Exemplars.AddRange(series.Exemplars);
        }

        return request;
    }

    private static WrittenSeries2 Series(byte[] message, string[] symbols)
    {
        var fields = WriteRequestReader.Fields(message);
        if (fields.Exists(field => field.Number is < 1 or > 5)) throw new InvalidDataException("A field that is reserved.");
        var labels = Labels(fields, symbols);
        if (labels.DistinctBy(label => label.Name).Count() != labels.Count || labels.Exists(label => label.Name.Length * label.Value.Length == 0))
            throw new InvalidDataException("Labels have names of their own and values.");
        var exemplars = fields.Where(field => field.Number == 4).Select(field => WriteRequestReader.Fields(field.Content)).Select(exemplar => new WrittenExemplar(
            labels,
            Labels(exemplar, symbols),
            BitConverter.UInt64BitsToDouble(exemplar.Single(field => field.Number == 2).Value),
            (long)exemplar.Single(field => field.Number == 3).Value)).ToList();
        var metadata = WriteRequestReader.Fields(fields.Single(field => field.Number == 5).Content);

        // One sample or one histogram, never both.
        var point = fields.Single(field => field.Number is 2 or 3);
        var isHistogram = point.Number == 3;
        return new(
            labels,
            isHistogram ? null : Sample(labels, WriteRequestReader.Fields(point.Content)),
            isHistogram ? HistogramReader.Read(labels, point.Content, most: 17) : null,
            exemplars,
            (int)metadata.Single(field => field.Number == 1).Value,
            symbols[metadata.Single(field => field.Number == 3).Value],
            symbols[metadata.Single(field => field.Number == 4).Value]);
    }

    private static WrittenSample Sample(List<Label> labels, List<WireField> fields) => new(
        labels,
        fields.Single(field => field.Number == 1).Value,
        (long)fields.Single(field => field.Number == 2).Value,
        (long)fields.SingleOrDefault(field => field.Number == 3).Value);

    private static List<Label> Labels(List<WireField> fields, string[] symbols) =>
    [
        .. WriteRequestReader.Packed(fields.Single(field => field.Number == 1).Content)
            .Select(reference => symbols[reference])
            .Chunk(2)
            .Select(pair => new Label(pair[0], pair[1])),
    ];
}
