using MetricsSim.Core.Series;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>Rows that come and go.</summary>
public sealed class LiveRowsTests
{
    private static readonly LiveRows Axis = new();

    private static readonly SeriesLayout Layout = new(
    [
        new() { Name = "calls", Help = "", Type = MetricType.Counter, Rows = Axis, Leaves = [[new("leaf", "a")], [new("leaf", "b")]] },
        new() { Name = "sizes", Help = "", Type = MetricType.Histogram, Rows = Axis, Bounds = [1] },
        new() { Name = "others", Help = "", Type = MetricType.Gauge },
    ]);

    [Fact]
    public void Families_of_an_axis_share_its_rows_and_free_slots_are_left_out()
    {
        var snapshot = new Snapshot(Layout);
        Assert.Same(snapshot.Live[0], snapshot.Live[1]);
        Assert.Null(snapshot.Live[2]);
        Fill(snapshot, new Row("x"), null, new Row("y"));
        Assert.Equal(
            """
            # TYPE calls_total counter
            calls_total{row="x",leaf="a"} 0
            calls_total{row="x",leaf="b"} 1
            calls_total{row="y",leaf="a"} 4
            calls_total{row="y",leaf="b"} 5
            # TYPE sizes histogram
            sizes_bucket{row="x",le="1.0"} 0
            sizes_bucket{row="x",le="+Inf"} 1
            sizes_sum{row="x"} 2
            sizes_count{row="x"} 1
            sizes_bucket{row="y",le="1.0"} 6
            sizes_bucket{row="y",le="+Inf"} 13
            sizes_sum{row="y"} 8
            sizes_count{row="y"} 13
            # TYPE others gauge
            others 0

            """,
            Page(snapshot));
    }

    [Fact]
    public void Without_rows_the_family_is_left_out_and_an_old_snapshot_keeps_its_own()
    {
        var (old, now) = (new Snapshot(Layout), new Snapshot(Layout));
        Fill(old, new Row("x"));
        Fill(now, new Row("z"), new Row("y"));
        var before = Page(old);
        Fill(now);
        Assert.Equal("# TYPE others gauge\nothers 0\n", Page(now));
        Fill(now, new Row("other"));
        Assert.Contains("row=\"other\"", Page(now), StringComparison.Ordinal);
        Assert.Equal(before, Page(old));
    }

    [Fact]
    public void A_row_is_asked_for_its_labels_once_a_kind_of_format_and_pages_after_that_allocate_nothing_for_it()
    {
        var rows = Enumerable.Range(0, 2000).Select(i => new Row($"{i}")).ToArray();
        var (few, many) = (new Snapshot(Layout), new Snapshot(Layout));
        Fill(few, rows[..10]);
        Fill(many, rows);
        foreach (var format in Enum.GetValues<ExpositionFormat>())
        {
            var layout = new PageLayout(Layout, format);
            Pages.Write([new(layout, many)]);
            var (least, most) = (Allocated(new(layout, few)), Allocated(new(layout, many)));
            // The runtime itself may allocate a little; one object for each of the 2000 rows would be 48 000 bytes.
            Assert.InRange(most, 0, least + 20_000);
        }

        // Once for both text formats, once for protobuf.
        Assert.All(rows, row => Assert.Equal(2, row.Asked));
    }

    private static long Allocated(PagePart part)
    {
        var buffer = new byte[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var writer = new PageWriter([part]);
        while (writer.Fill(buffer, out _))
        {
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Fill(Snapshot snapshot, params Row?[] rows)
    {
        rows.CopyTo(snapshot.Live[0]!.Reset(rows.Length));
        snapshot.Columns[0] = [.. Enumerable.Range(0, rows.Length * 2).Select(i => (long)i)];
        snapshot.Columns[1] = [.. Enumerable.Range(0, rows.Length * 3).Select(i => (long)i)];
    }

    private static string Page(Snapshot snapshot) => Pages.Write([new(new PageLayout(Layout, ExpositionFormat.Text004), snapshot)]);

    private sealed class Row(string name) : LiveRow
    {
        public int Asked { get; private set; }

        public override IReadOnlyList<Label> Labels
        {
            get
            {
                Asked++;
                return [new("row", name)];
            }
        }
    }
}
