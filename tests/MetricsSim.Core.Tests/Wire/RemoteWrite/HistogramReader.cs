using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>A strict reader of <c>Histogram</c> with integer counts, written from prompb/types.proto and, for 2.0, write/v2/types.proto.</summary>
internal static class HistogramReader
{
    private const ulong Stale = 0x7FF0000000000002;

    /// <summary>Reads it.</summary>
    /// <param name="labels">Labels of its series.</param>
    /// <param name="message">The message.</param>
    /// <param name="most">The highest number of a field that the version has.</param>
    public static WrittenHistogram Read(IReadOnlyList<Label> labels, byte[] message, int most)
    {
        var fields = WriteRequestReader.Fields(message);
        foreach (var field in fields)
        {
            if (field.Number > most || field.Number is not (1 or 3 or 4 or 5 or 6 or 11 or 12 or 15 or 17)) throw new InvalidDataException($"Field {field.Number} of a histogram.");
        }

        var histogram = new WrittenHistogram(
            labels,
            fields.Single(field => field.Number == 1).Value,
            fields.Single(field => field.Number == 3).Value,
            Signed(Optional(fields, 4)),
            BitConverter.UInt64BitsToDouble(Optional(fields, 5)),
            Optional(fields, 6),
            Buckets(fields),
            (long)fields.Single(field => field.Number == 15).Value,
            (long)Optional(fields, 17));
        var held = histogram.ZeroCount + (ulong)histogram.Buckets.Sum(bucket => bucket.Count);
        return histogram.Sum == Stale || held == histogram.Count ? histogram : throw new InvalidDataException($"{held} of {histogram.Count} are in buckets.");
    }

    private static List<(long Index, long Count)> Buckets(List<WireField> fields)
    {
        var deltas = WriteRequestReader.Packed(fields.SingleOrDefault(field => field.Number == 12).Content ?? []);
        var buckets = new List<(long, long)>();
        var (index, count) = (0L, 0L);
        foreach (var span in fields.Where(field => field.Number == 11).Select(field => WriteRequestReader.Fields(field.Content)))
        {
            index += Signed(Optional(span, 1));
            for (var i = Optional(span, 2); i > 0; i--)
            {
                count += Signed(deltas[buckets.Count]);
                buckets.Add((index++, count));
            }
        }

        return buckets.Count == deltas.Count ? buckets : throw new InvalidDataException($"{deltas.Count} deltas for {buckets.Count} buckets.");
    }

    private static ulong Optional(List<WireField> fields, int number) => fields.SingleOrDefault(field => field.Number == number).Value;

    private static long Signed(ulong zigzag) => (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
}
