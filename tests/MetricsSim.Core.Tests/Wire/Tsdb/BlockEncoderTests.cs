using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class BlockEncoderTests
{
    private const long Monday = 1_767_607_200_000;

    [Theory]
    [InlineData("index")]
    [InlineData("chunks")]
    public void Files_are_those_that_promtool_2_42_makes_of_the_same_samples(string name)
    {
        // promtool tsdb create-blocks-from openmetrics tsdb.om. It adds an empty byte to a chunk whose last value ends with a byte, which
        // newer versions don't; here there is none.
        var folder = Path.Combine(AppContext.BaseDirectory, "Wire", "Golden");
        var expected = File.ReadAllText(Path.Combine(folder, $"tsdb-{name}.hex")).ReplaceLineEndings("");
        var block = Sample();
        Assert.Equal(expected, Convert.ToHexStringLower(block[name == "chunks" ? "chunks/000001" : name]));
        Assert.Equal(["chunks/000001", "index", "meta.json", "tombstones"], block.Names);
        Assert.Equal("0130ba300100000000", Convert.ToHexStringLower(block["tombstones"]));
    }

    [Fact]
    public void Meta_counts_what_is_there()
    {
        var block = Sample();
        Assert.Equal((27, 7, 7), (block.Meta.Samples, block.Meta.Series, block.Meta.Chunks));
        Assert.Equal(
            $"{{\n\t\"ulid\": \"{block.Meta.Ulid}\",\n\t\"minTime\": {Monday},\n\t\"maxTime\": {Monday + 45_001},\n\t\"stats\": {{\n"
            + "\t\t\"numSamples\": 27,\n\t\t\"numSeries\": 7,\n\t\t\"numChunks\": 7\n\t},\n\t\"compaction\": {\n\t\t\"level\": 1,\n"
            + $"\t\t\"sources\": [\n\t\t\t\"{block.Meta.Ulid}\"\n\t\t]\n\t}},\n\t\"version\": 1\n}}",
            Encoding.UTF8.GetString(block["meta.json"]));
    }

    [Fact]
    public void The_name_follows_from_the_contents()
    {
        Assert.Equal(Sample().Meta.Ulid, Sample().Meta.Ulid);
        Assert.NotEqual(Sample().Meta.Ulid, Sample(lastCost: 26).Meta.Ulid);
        Assert.NotEqual(Sample().Meta.Ulid, Sample(zone: "è").Meta.Ulid);
    }

    [Fact]
    public void Lanes_change_nothing()
    {
        var layout = Wide();
        var one = MemoryBlock.Of(layout, Counting(layout));
        foreach (var lanes in new Core.Engine.ILanes[] { new ReversedLanes(3), new ThreadedLanes(4) })
        {
            var other = MemoryBlock.Of(layout, Counting(layout), lanes: lanes);
            Assert.Equal(one.Names, other.Names);
            Assert.All(one.Names, name => Assert.Equal(one[name], other[name]));
        }
    }

    [Fact]
    public void A_block_leaves_nothing_for_the_next_one()
    {
        var layout = Wide();
        var encoder = new BlockEncoder(layout);
        var first = MemoryBlock.Of(encoder, Counting(layout));
        var second = MemoryBlock.Of(encoder, Counting(layout));
        Assert.All(first.Names, name => Assert.Equal(first[name], second[name]));
    }

    [Fact]
    public void A_segment_that_is_full_is_followed_by_another()
    {
        var files = new List<(string Name, MemoryStream Bytes)>();
        using var segments = new ChunkSegments(
            name =>
            {
                files.Add((name, new MemoryStream()));
                return files[^1].Bytes;
            },
            longest: 20);
        ulong[] places = [segments.Add([1, 2, 3, 4, 5]), segments.Add([6, 7, 8, 9, 10, 11, 12]), segments.Add([13])];
        Assert.Equal([8UL, 13UL, (1UL << 32) | 8], places);
        Assert.Equal(["chunks/000001", "chunks/000002"], files.Select(file => file.Name));
        Assert.Equal([20, 9], files.Select(file => file.Bytes.ToArray().Length));
        Assert.Equal(29, segments.Length);
    }

    [Fact]
    public void Two_series_with_the_same_labels_are_refused()
    {
        var layout = new SeriesLayout([new() { Name = "a", Help = "", Type = MetricType.Gauge, Leaves = [[new("x", "")], []] }]);
        var exception = Assert.Throws<InvalidOperationException>(() => MemoryBlock.Of(layout, [[new Snapshot(layout)]]));
        Assert.Equal("Two series have the labels {__name__=a}.", exception.Message);
    }

    [Fact]
    public void Target_labels_rename_a_series_own()
    {
        var layout = new SeriesLayout(
            [new() { Name = "a", Help = "", Type = MetricType.Gauge, Rows = new FixedLabelRows([[new("job", "own")]]), Leaves = [[new("instance", "mine"), new("z", "1")]] }]);
        var stored = TargetLabels.AddTo(layout, [new("job", "j"), new("instance", "i")]).Families[0];
        Assert.Equal([new("exported_job", "own")], stored.Rows.Labels(0));
        Assert.Equal([new("exported_instance", "mine"), new("z", "1"), new("job", "j"), new("instance", "i")], stored.Leaves[0]);
    }

    /// <summary>The samples of <c>Golden/tsdb.om</c>: hidden ones, a label that is empty, one beyond ASCII, a histogram.</summary>
    private static MemoryBlock Sample(long lastCost = 25, string zone = "é")
    {
        var layout = TargetLabels.AddTo(
            new SeriesLayout(
            [
                new() { Name = "wait", Help = "", Type = MetricType.Histogram, Bounds = [0.1, 10], Divisor = 1_000_000 },
                new()
                {
                    Name = "cost",
                    Help = "",
                    Type = MetricType.Counter,
                    Rows = new FixedLabelRows([[new("zone", zone), new("user", "u1")], [new("zone", ""), new("user", "u2")]]),
                    Divisor = 10,
                    HideUntouched = true,
                },
            ]),
            [new("job", "j")]);
        long[][] waits = [[0, 0, 0, 0], [1, 0, 0, 50_000], [1, 2, 0, 150_001], [3, 2, 1, 100_250_000]];
        long[][] costs = [[0, 2], [10, 2], [10, 2], [lastCost, 2]];
        var snapshots = new Snapshot[waits.Length];
        for (var i = 0; i < snapshots.Length; i++)
        {
            snapshots[i] = new Snapshot(layout) { UnixMilliseconds = Monday + (15_000 * i) };
            waits[i].CopyTo(snapshots[i].Columns[0], 0);
            costs[i].CopyTo(snapshots[i].Columns[1], 0);
        }

        return MemoryBlock.Of(layout, [snapshots]);
    }

    /// <summary>More series than fit into one slice.</summary>
    private static SeriesLayout Wide() => new(
    [
        new() { Name = "many", Help = "", Type = MetricType.Counter, Rows = new FixedLabelRows([.. Enumerable.Range(0, 300).Select(i => (IReadOnlyList<Label>)[new("n", $"{i}")])]) },
        new() { Name = "wide", Help = "", Type = MetricType.Histogram, Bounds = [.. Enumerable.Range(1, 100).Select(i => (double)i)], Leaves = [[new("a", "1")], [new("a", "2")]] },
    ]);

    private static List<Snapshot[]> Counting(SeriesLayout layout) =>
    [
        .. Enumerable.Range(0, 3).Select(chunk => Enumerable.Range(0, 10).Select(i =>
        {
            var snapshot = new Snapshot(layout) { UnixMilliseconds = Monday + (15_000 * ((10 * chunk) + i)) };
            foreach (var column in snapshot.Columns)
            {
                for (var cell = 0; cell < column.Length; cell++)
                {
                    column[cell] = (chunk + 1) * i * cell % 97;
                }
            }

            return snapshot;
        }).ToArray()),
    ];
}
