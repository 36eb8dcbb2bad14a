using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>Series that go missing, and rows that come and go: a scrape that misses a series marks it as ended, once.</summary>
public sealed class GapTests
{
    private const long Monday = 1_767_607_200_000;
    private static readonly double Stale = BitConverter.UInt64BitsToDouble(0x7FF0000000000002);

    [Fact]
    public void A_hidden_row_is_marked_once()
    {
        var layout = new SeriesLayout(
            [new() { Name = "a", Help = "", Type = MetricType.Counter, Rows = new FixedLabelRows([[new("n", "0")], [new("n", "1")]]), Leaves = [[new("l", "0")], [new("l", "1")]] }]);
        var second = new RowMask(2, row => row == 1);
        // The last three samples are another chunk.
        RowMask?[] hidden = [null, second, second, second, null, null];
        var block = Block(layout, hidden.Length, (snapshot, i) =>
        {
            snapshot.Hidden[0] = hidden[i];
            snapshot.Columns[0].AsSpan().Fill(i);
        });

        // The first leaf in both rows, then the second, each with two chunks.
        AssertValues(block, [0, 1, 2], [3, 4, 5], [0, Stale], [4, 5], [0, 1, 2], [3, 4, 5], [0, Stale], [4, 5]);
        Assert.Equal([Monday, Monday + 15_000], block.Chunks()[2].Select(sample => sample.Time));
        Assert.Equal([Monday + 60_000, Monday + 75_000], block.Chunks()[3].Select(sample => sample.Time));
    }

    [Fact]
    public void An_exporter_that_is_down_is_missed_as_a_whole()
    {
        var layout = new SeriesLayout([new() { Name = "a", Help = "", Type = MetricType.Gauge }, new() { Name = "b", Help = "", Type = MetricType.Gauge, Rows = new LiveRows() }]);
        var row = new Row("0");
        var block = Block(layout, 6, (snapshot, i) =>
        {
            snapshot.ExporterDown = i is 2 or 3;
            snapshot.Columns[0][0] = i;
            snapshot.Columns[1] = [i];
            snapshot.Live[1]!.Reset(1)[0] = row;
        });
        AssertValues(block, [0, 1, Stale], [4, 5], [0, 1, Stale], [4, 5]);
        Assert.Equal((10, 2, 4), (block.Meta.Samples, block.Meta.Series, block.Meta.Chunks));
    }

    [Fact]
    public void A_row_keeps_its_series_when_it_changes_its_slot()
    {
        var layout = Live(out var rows, 4);
        // Slots by sample: both rows move, one goes, another comes into its slot.
        Row?[][] slots = [[rows[0], rows[1]], [rows[0], rows[1]], [rows[1], null, rows[2]], [rows[1]], [rows[3], rows[1]], [rows[3]]];
        var block = Block(layout, slots.Length, (snapshot, i) => Fill(snapshot, slots[i], i));
        AssertValues(block, [0, 10, Stale], [1, 11, 21], [31, 41, Stale], [22], [Stale], [43, 53]);
    }

    [Fact]
    public void A_row_that_has_ended_is_in_no_later_block_and_one_that_ends_with_a_block_is_marked_in_the_next()
    {
        var layout = Live(out var rows, 3);
        var encoder = new BlockEncoder(layout);
        Row?[][] slots = [[rows[0], rows[1], rows[2]], [rows[0], rows[1]], [rows[1]], [rows[1]], [rows[1]]];
        var chunks = slots.Select((of, i) => new[] { Sample(layout, i, (snapshot, at) => Fill(snapshot, of, at)) }).ToList();
        var first = MemoryBlock.Of(encoder, chunks[..2]);
        var second = MemoryBlock.Of(encoder, chunks[2..4]);
        var third = MemoryBlock.Of(encoder, chunks[4..]);
        AssertValues(first, [0], [10], [1], [11], [2], [Stale]);
        AssertValues(second, [Stale], [21], [31]);
        AssertValues(third, [41]);
        Assert.Equal((1, 1), (third.Meta.Series, third.Meta.Samples));
    }

    [Fact]
    public void Fixed_and_live_rows_stand_in_one_order()
    {
        var layout = new SeriesLayout(
        [
            new() { Name = "b", Help = "", Type = MetricType.Histogram, Rows = new LiveRows(), Bounds = [1] },
            new() { Name = "a", Help = "", Type = MetricType.Gauge, Leaves = [[new("z", "9")]] },
            new() { Name = "c", Help = "", Type = MetricType.Gauge },
        ]);
        var row = new Row("x");
        var block = Block(layout, 2, (snapshot, i) =>
        {
            snapshot.Live[0]!.Reset(1)[0] = row;
            snapshot.Columns[0] = [1, i, 70];
            snapshot.Columns[1][0] = 5;
            snapshot.Columns[2][0] = 6;
        });

        // a, b_bucket +Inf, b_bucket 1.0, b_count, b_sum, c.
        AssertValues(block, [5, 5], [1, 2], [1, 1], [1, 2], [70, 70], [6, 6]);
        Assert.Contains("row", System.Text.Encoding.ASCII.GetString(block["index"]), StringComparison.Ordinal);
    }

    private static SeriesLayout Live(out Row[] rows, int count)
    {
        rows = [.. Enumerable.Range(0, count).Select(i => new Row($"{i}"))];
        return new SeriesLayout([new() { Name = "a", Help = "", Type = MetricType.Gauge, Rows = new LiveRows() }]);
    }

    /// <summary>The value is ten times the sample plus the number of the row.</summary>
    private static void Fill(Snapshot snapshot, Row?[] rows, int sample)
    {
        rows.CopyTo(snapshot.Live[0]!.Reset(rows.Length));
        snapshot.Columns[0] = [.. rows.Select(row => row is null ? -1 : (10L * sample) + int.Parse(row.Name))];
    }

    private static MemoryBlock Block(SeriesLayout layout, int samples, Action<Snapshot, int> fill)
    {
        var snapshots = Enumerable.Range(0, samples).Select(i => Sample(layout, i, fill)).ToArray();
        return MemoryBlock.Of(layout, [snapshots[..Math.Min(3, samples)], .. samples > 3 ? [snapshots[3..]] : Array.Empty<Snapshot[]>()]);
    }

    private static Snapshot Sample(SeriesLayout layout, int i, Action<Snapshot, int> fill)
    {
        var snapshot = new Snapshot(layout) { UnixMilliseconds = Monday + (15_000 * i) };
        fill(snapshot, i);
        return snapshot;
    }

    private static void AssertValues(MemoryBlock block, params double[][] expected) => Assert.Equal(
        expected.Select(values => string.Join(' ', values.Select(Text))),
        block.Chunks().Select(chunk => string.Join(' ', chunk.Select(sample => Text(BitConverter.UInt64BitsToDouble(sample.Value))))));

    private static string Text(double value) =>
        BitConverter.DoubleToUInt64Bits(value) == BitConverter.DoubleToUInt64Bits(Stale) ? "stale" : $"{value:R}";

    private sealed class Row(string name) : LiveRow
    {
        public string Name => name;

        public override IReadOnlyList<Label> Labels => [new("row", name)];
    }
}
