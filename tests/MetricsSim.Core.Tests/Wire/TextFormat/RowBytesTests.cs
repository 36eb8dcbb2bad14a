using System.Buffers;
using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.TextFormat;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.TextFormat;

/// <summary>Rows that share their labels, and what they take.</summary>
public sealed class RowBytesTests
{
    // Three segments, the last one not full.
    private const int Rows = 10_000;

    [Theory]
    [InlineData("one that all have", 0)]
    [InlineData("its own alone", 1)]
    [InlineData("few combinations", 4)]
    [InlineData("own, shared and own again", 5)]
    [InlineData("values that begin to repeat late", 3)]
    [InlineData("names that are escaped", 3)]
    [InlineData("none", 0)]
    [InlineData("more or less labels", 3)]
    [InlineData("other names here and there", 3)]
    [InlineData("more values than are looked for", 2)]
    public void Each_row_is_what_its_labels_are(string kind, int labels)
    {
        foreach (var format in new[] { ExpositionFormat.Text004, ExpositionFormat.Protobuf })
        {
            foreach (var escaping in new[] { NameEscaping.Underscores, NameEscaping.AllowUtf8 })
            {
                var axis = new Axis(kind == "more values than are looked for" ? 4 * Rows : Rows, row => Labels(kind, labels, row));
                var encoding = LabelEncoding.Of(format, escaping);
                var rows = RowBytes.Of(axis, encoding);
                var scratch = new byte[rows.Longest];
                var expected = new ArrayBufferWriter<byte>();
                var longest = 0;
                for (var row = 0; row < axis.Count; row++)
                {
                    expected.ResetWrittenCount();
                    encoding.Append(expected, axis.Labels(row));
                    if (!expected.WrittenSpan.SequenceEqual(rows.Labels(row, scratch)))
                    {
                        Assert.Fail($"Row {row} is {Encoding.UTF8.GetString(rows.Labels(row, scratch))}, not {Encoding.UTF8.GetString(expected.WrittenSpan)}.");
                    }

                    Assert.Equal(expected.WrittenCount, rows.Length(row));
                    longest = Math.Max(longest, expected.WrittenCount);
                }

                Assert.Equal((axis.Count, longest), (rows.Count, rows.Longest));
            }
        }
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(97, 40)]
    [InlineData(5_000, 60)]
    public void A_row_takes_its_own_label_and_a_few_bytes_for_those_it_shares(int values, int most)
    {
        var axis = new Axis(4 * Rows, row => [new("series", $"series_{row:000000}"), .. Enumerable.Range(1, 9).Select(i => new Label($"label_name_{i}", $"value_that_some_have_{row * i % values:00000}"))]);
        var rows = RowBytes.Of(axis, LabelEncoding.Of(ExpositionFormat.Text004, NameEscaping.Underscores));
        Assert.InRange(rows.Longest, 350, 400);
        // The values themselves are kept once, and those that are looked for in vain among the rows' own.
        Assert.InRange(rows.Size, 20 * axis.Count, (most * axis.Count) + (9 * 50 * values) + 1_500_000);
    }

    [Fact]
    public void Rows_that_share_nothing_are_kept_as_they_are()
    {
        var axis = new Axis(Rows, row => [new("a", $"{row:000000}"), new("b", $"{~row:000000}")]);
        var rows = RowBytes.Of(axis, LabelEncoding.Of(ExpositionFormat.Text004, NameEscaping.Underscores));
        var text = Enumerable.Range(0, Rows).Sum(row => (long)rows.Length(row));
        Assert.InRange(rows.Size, text, text + (5 * Rows));
    }

    private static Label[] Labels(string kind, int labels, int row) => kind switch
    {
        "one that all have" => [new("job", "exporter")],
        "few combinations" => [.. Enumerable.Range(0, labels).Select(i => new Label($"l{i}", $"value \"{row % (i + 1)}\"\n"))],
        "own, shared and own again" =>
            [new("own", $"{row}"), new("a", "always"), new("b", row % 3 == 0 ? "" : "é"), new("again", $"{row}\\{row}"), new("last", new string('x', row % 200))],
        "values that begin to repeat late" => [.. Enumerable.Range(0, labels).Select(i => new Label($"l{i}", row < 5000 ? $"{row}" : "a value that the others of the second segment have"))],
        "names that are escaped" => [new("http.route", $"/{row % 7}"), new("user", $"{row}"), new("größe", "10")],
        "more or less labels" => [.. Enumerable.Range(0, row % 3 == 0 ? labels : row % 2).Select(i => new Label($"l{i}", "a value that is there or not"))],
        "other names here and there" => [.. Enumerable.Range(0, labels).Select(i => new Label(row is 5000 && i == 1 ? "other" : $"l{i}", "the same value under every name"))],
        "more values than are looked for" => [new("own", $"{row:000000}"), new("shared", $"a value that two rows or more have {row / 2}")],
        _ => [.. Enumerable.Range(0, labels).Select(i => new Label($"l{i}", $"{row}"))],
    };

    private sealed class Axis(int count, Func<int, IReadOnlyList<Label>> labels) : LabelRows
    {
        public override int Count => count;

        public override IReadOnlyList<Label> Labels(int row) => labels(row);
    }
}
