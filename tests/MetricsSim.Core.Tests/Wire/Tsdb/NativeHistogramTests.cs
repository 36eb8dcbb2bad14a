using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>Native histograms in blocks: what is stored, and where chunks are cut.</summary>
public sealed class NativeHistogramTests
{
    private const long Monday = 1_767_607_200_000;
    private const byte Unknown = 0, Reset = 0x80;
    private const int First = -79;
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300).WithReplay(20_260_105, 13);
    private static readonly NativeBuckets Buckets = Core.Series.Buckets.RequestDuration.Native;

    [Fact]
    public void Reads_back_as_it_was_however_it_grows_falls_and_goes_missing()
    {
        var step = Gen.Zip(
            Gen.Frequency((12, Gen.Constant('+')), (1, Gen.Constant('r')), (2, Gen.Constant('-'))),
            Gen.ListOf(Gen.Zip(Gen.Choose(0, Buckets.Cells - 1), Gen.Frequency((9, Gen.Choose(0, 40)), (1, Gen.Choose(0, int.MaxValue))))));
        var windows = Gen.Choose(1, 3).SelectMany(count => Gen.ArrayOf(Gen.Choose(1, 30).SelectMany(samples => Gen.ArrayOf(step, samples)), count));
        Prop.ForAll(windows.ToArbitrary(), windows =>
        {
            var counts = new long[Buckets.Cells];
            var chunks = windows.Select(window => window.Select(sample => Step(counts, sample.Item1, sample.Item2)).ToArray()).ToArray();
            var (block, expected) = Make(chunks);
            var read = block.Meta.Chunks == 0 ? [] : block.HistogramChunks();
            Assert.Equal(expected.SelectMany(chunk => chunk.Samples), read.SelectMany(chunk => chunk.Read()));
            Assert.Equal(expected.Select(chunk => chunk.Flags), read.Select(chunk => chunk.Flags));
        }).Check(Fixed);
    }

    [Fact]
    public void Buckets_that_come_later_are_in_the_layout_of_the_chunk_from_its_begin()
    {
        var (block, expected) = Make([[Of((5, 1)), Of((5, 1), (9, 2)), Of((5, 3), (7, 1), (9, 2), (200, 1))]]);
        var chunk = Assert.Single(block.HistogramChunks());
        // One or two empty buckets don't end a span, more do.
        Assert.Equal([First + 4, First + 5, First + 6, First + 7, First + 8, First + 199], chunk.Layout);
        Assert.Equal((3, Math.ScaleB(1, -10), Unknown), (chunk.Schema, chunk.Threshold, chunk.Flags));
        Assert.Equal(expected[0].Samples, chunk.Read());
    }

    [Fact]
    public void Counts_that_fall_begin_a_chunk_that_says_so()
    {
        var (block, _) = Make([[Of((5, 3)), Of((5, 4)), Of((5, 1)), Of((5, 1), (0, 2)), Of((5, 9), (0, 1))]]);
        var chunks = block.HistogramChunks();
        Assert.Equal([(Unknown, 2), (Reset, 2), (Reset, 1)], chunks.Select(chunk => (chunk.Flags, chunk.Read().Count)));
    }

    [Fact]
    public void A_series_that_is_missed_ends_its_chunk_with_one_marker_even_if_that_is_all_there_is()
    {
        var (block, _) = Make([[Of((5, 3)), null, null, Of((5, 4))], [null, Of((6, 1))]]);
        var chunks = block.HistogramChunks();
        Assert.Equal([(1, 2), (1, 1), (0, 1), (1, 1)], chunks.Select(chunk => (chunk.Layout.Count, chunk.Read().Count)));
        Assert.Equal((0, 0), (chunks[2].Schema, chunks[2].Threshold));
        Assert.Equal(Unknown, chunks[3].Flags);
    }

    [Fact]
    public void Meta_counts_histograms_apart()
    {
        var meta = Make([[Of((5, 1)), Of((5, 2))]], nativeOnly: false).Block.Meta;
        // Buckets, +Inf, sum, count, and the histogram as a whole.
        Assert.Equal((Core.Series.Buckets.RequestDuration.Bounds.Count + 4, 2), (meta.Series, meta.HistogramSamples));
        Assert.Equal(2 * meta.Series, meta.Samples);
        Assert.Contains($"\"numFloatSamples\": {meta.Samples - 2},\n\t\t\"numHistogramSamples\": 2,", System.Text.Encoding.ASCII.GetString(meta.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_come_and_go_have_them_too()
    {
        var layout = new SeriesLayout([Family(true) with { Rows = new LiveRows() }]);
        var row = new Row();
        var window = Enumerable.Range(0, 4).Select(i =>
        {
            var snapshot = new Snapshot(layout) { UnixMilliseconds = Monday + (15_000 * i) };
            // It moves to another slot, then it is gone.
            var slots = snapshot.Live[0]!.Reset(2);
            if (i < 3) slots[i % 2] = row;
            snapshot.Columns[0] = [.. Cells(Of((5, 100))), .. Cells(Of((5, 100)))];
            snapshot.Columns[0][((i % 2) * layout.Families[0].Stride) + layout.Families[0].Bounds.Count + 1 + 5] = i + 1;
            return snapshot;
        }).ToArray();
        var chunk = Assert.Single(MemoryBlock.Of(layout, [window]).HistogramChunks());
        Assert.Equal([$"{First + 4}:1", $"{First + 4}:2", $"{First + 4}:3", ""], chunk.Read().Select(sample => sample.Buckets));
    }

    private static long[]? Step(long[] counts, char kind, IList<(int Cell, int More)> grown)
    {
        if (kind == 'r') Array.Clear(counts);
        foreach (var (cell, more) in grown) counts[cell] += more;
        return kind == '-' ? null : [.. counts];
    }

    private static long[] Of(params (int Cell, long Count)[] cells)
    {
        var counts = new long[Buckets.Cells];
        foreach (var (cell, count) in cells) counts[cell] = count;
        return counts;
    }

    private static MetricFamily Family(bool nativeOnly) => new()
    {
        Name = "wait",
        Help = "",
        Type = MetricType.Histogram,
        Bounds = Core.Series.Buckets.RequestDuration.Bounds,
        Native = Buckets,
        NativeOnly = nativeOnly,
        Divisor = 1_000_000,
    };

    /// <summary>All in the first classic bucket; the sum follows from the buckets.</summary>
    private static long[] Cells(long[] counts) =>
        [counts.Sum(), .. new long[Core.Series.Buckets.RequestDuration.Bounds.Count], .. counts, Sum(counts)];

    private static long Sum(long[] counts) => counts.Select((count, cell) => count * cell).Sum();

    /// <summary>A block of one series, and what its chunks should be.</summary>
    private static (MemoryBlock Block, List<(byte Flags, List<HistogramSample> Samples)> Expected) Make(long[]?[][] windows, bool nativeOnly = true)
    {
        var layout = new SeriesLayout([Family(nativeOnly)]);
        var hidden = new RowMask(1, _ => true);
        var expected = new List<(byte, List<HistogramSample>)>();
        var snapshots = new List<Snapshot[]>();
        var (time, present) = (Monday, false);
        foreach (var window in windows)
        {
            long[]? before = null;
            snapshots.Add(new Snapshot[window.Length]);
            for (var i = 0; i < window.Length; i++, time += 15_000)
            {
                var counts = window[i];
                var snapshot = snapshots[^1][i] = new Snapshot(layout) { UnixMilliseconds = time };
                if (counts is null) snapshot.Hidden[0] = hidden;
                else Cells(counts).CopyTo(snapshot.Columns[0], 0);
                var fell = before is not null && counts is not null && counts.Zip(before).Any(pair => pair.First < pair.Second);
                if (counts is not null || present)
                {
                    if (before is null || fell) expected.Add((fell ? Reset : Unknown, []));
                    expected[^1].Item2.Add(counts is null
                        ? new HistogramSample(time, 0, 0, 0x7FF0_0000_0000_0002, "")
                        : new HistogramSample(time, (ulong)counts.Sum(), (ulong)counts[0], BitConverter.DoubleToUInt64Bits(Sum(counts) / 1e6), Text(counts)));
                }

                present = counts is not null;
                before = counts;
            }
        }

        return (MemoryBlock.Of(layout, snapshots), expected);
    }

    private static string Text(long[] counts) =>
        HistogramChunkReader.Text(counts.Skip(1).Select((count, i) => (First + i, count)).Where(bucket => bucket.count != 0));

    private sealed class Row : LiveRow
    {
        public override IReadOnlyList<Label> Labels => [new("row", "0")];
    }
}
