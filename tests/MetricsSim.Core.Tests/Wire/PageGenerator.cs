using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>A random page and how to write it.</summary>
internal sealed record RandomPage(IReadOnlyList<Snapshot> Snapshots, ExpositionFormat Format, bool Created, bool Timestamps, int[] ExtraSizes)
{
    public IReadOnlyList<PagePart> Parts => [.. Snapshots.Select(snapshot => new PagePart(new PageLayout(snapshot.Layout, Format, Created), snapshot))];
}

/// <summary>Random layouts and values, with everything that is hard about them.</summary>
internal static class PageGenerator
{
    private static readonly Gen<string> Text =
        from pieces in Gen.Elements("a", "bc", "", "\"", "\\", "\n", "\\n", "\r", " ", "é", "日本", "😀", "a,b{c=\"d\"} 1", new string('x', 300)).ListOf()
        select string.Concat(pieces.Take(5));

    private static readonly Gen<bool> Coin = Gen.Elements(true, false);

    private static readonly Gen<LabelRows> Rows = Gen.OneOf(
        from rows in Labels("row").NonEmptyListOf()
        select (LabelRows)new FixedLabelRows([.. rows.Take(6)]),
        // Rows that share long labels, so that they are cut into pieces.
        from width in Gen.Choose(1, 4)
        from values in Text.ArrayOf(4)
        from picks in Gen.Choose(0, 3).ArrayOf(6 * width)
        let longer = values.Select(value => new string('y', 200) + value).ToArray()
        select (LabelRows)new FixedLabelRows(
            [.. picks.Chunk(width).Select(IReadOnlyList<Label> (row) => [.. row.Select((pick, i) => new Label($"row{i}", longer[Math.Min(pick, i)]))])]));

    private static readonly Gen<double[]> Bounds = Gen.Elements<double[]>([], [10], [0, 0.1, 1], [0.001, 0.5, 0.95, 2, 10, 30, 60, 300, 600, 1800, 3600, 7200]);

    private static readonly Gen<long> Cell = Gen.Frequency(
        (4, Gen.Constant(0L)),
        (4, Gen.Choose(-2000, 2000).Select(n => (long)n)),
        (4, Long.Select(n => n >> 12)),
        (2, Long),
        (1, Gen.Elements(long.MinValue, long.MaxValue, 999_999_999_999_999, 1_000_000_000_000_000, -999_999_999_999_999, 1_000_000_000, 100)),
        (2, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 5e-324, 0.1, 1e15, 1e16, -1e22, double.MaxValue)
            .Select(BitConverter.DoubleToInt64Bits)));

    public static Gen<RandomPage> Page { get; } =
        from pool in Gen.Two(Rows)
        from snapshots in Part(0, pool.Item1, pool.Item2).SelectMany(first => Part(1, pool.Item1, pool.Item2), (first, second) => new[] { first, second })
        from single in Coin
        from format in Gen.Elements(ExpositionFormat.Text004, ExpositionFormat.OpenMetrics100)
        from created in Coin
        from timestamps in Coin
        from sizes in Gen.Elements(0, 1, 7, 50, 300, 5000).NonEmptyListOf()
        select new RandomPage(single ? snapshots[..1] : snapshots, format, created, timestamps, [.. sizes]);

    private static Gen<long> Long => Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(pair => ((long)pair.Item1 << 32) ^ (uint)pair.Item2);

    private static Gen<IReadOnlyList<Label>> Labels(string prefix) =>
        from values in Text.ListOf()
        select (IReadOnlyList<Label>)[.. values.Take(3).Select((value, i) => new Label($"{prefix}{i}", value))];

    private static Gen<MetricFamily> Family(LabelRows first, LabelRows second) =>
        from type in Gen.Elements(Enum.GetValues<MetricType>())
        from help in Text
        from unit in Gen.Elements(null, "", "seconds", "bytes")
        from rows in Gen.Elements(first, second, LabelRows.Single, new LiveRows())
        from leaves in Labels("leaf").NonEmptyListOf()
        from bounds in Bounds
        from divisor in Gen.Elements(0L, 1, 1, 10, 1_000, 1_000_000, 1_000_000_000, 10_000_000_000, 3, 1024)
        from quantiles in Gen.Elements<double[]>([], [0.5], [0, 0.99, 1])
        from hide in Coin
        from native in Gen.Elements(null, null, new NativeBuckets(-1, 2, 1))
        select new MetricFamily
        {
            Name = "family_seconds",
            Help = help,
            Type = type,
            Unit = unit,
            Rows = rows,
            Leaves = [.. leaves.Take(4)],
            Bounds = type == MetricType.Histogram ? bounds : [],
            Quantiles = type == MetricType.Summary ? quantiles : [],
            Native = type == MetricType.Histogram ? native : null,
            Divisor = divisor,
            HideUntouched = hide,
        };

    private static Gen<Snapshot> Part(int part, LabelRows first, LabelRows second) =>
        from families in Family(first, second).ListOf()
        let layout = new SeriesLayout([.. families.Take(4).Select((family, i) => family with { Name = $"p{part}_f{i}_seconds" })])
        from live in LiveRowsOfNow
        from hidden in Gen.CollectToList(layout.Families, _ => Coin.ArrayOf(6))
        from hides in Coin
        from columns in Gen.CollectToList(layout.Families, family => Column(family, family.Rows is LiveRows ? live.Length : family.Rows.Count))
        from time in Gen.Elements(0L, 1, 999, 1_767_607_200_123, -1, -1_500, 253_402_300_799_999)
        from createdAt in Gen.Elements(0L, 1_767_603_600_000, -62_135_596_800_000)
        select Fill(new Snapshot(layout) { UnixMilliseconds = time, CreatedUnixMilliseconds = createdAt }, columns, live, hides ? hidden : null);

    private static Gen<LiveRow?[]> LiveRowsOfNow =>
        from rows in Gen.Frequency((3, Labels("live").Select(labels => (LiveRow?)new Row(labels))), (1, Gen.Constant<LiveRow?>(null))).ListOf()
        select rows.Take(6).ToArray();

    private static Gen<long[]> Column(MetricFamily family, int rows)
    {
        var cells = rows * family.Leaves.Count * family.Stride;
        var any = Cell.ArrayOf(cells);
        if (family.Type == MetricType.Summary)
        {
            return any.Select(values => values.Select((cell, i) => i % family.Stride == family.Stride - 2 ? Math.Max(0, cell) : cell).ToArray());
        }

        if (family.Type != MetricType.Histogram)
        {
            return any;
        }

        // Counts are small and not negative, many of them 0; every Stride-th cell is a sum and may be anything.
        return from counts in Gen.Choose(-3, 4).ArrayOf(cells)
               from sums in any
               select counts.Select((count, i) => i % family.Stride == family.Stride - 1 ? sums[i] : Math.Max(0L, count)).ToArray();
    }

    private static Snapshot Fill(Snapshot snapshot, List<long[]> columns, LiveRow?[] live, List<bool[]>? hidden)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var family = snapshot.Layout.Families[i];
            if (snapshot.Live[i] is { } rows)
            {
                live.CopyTo(rows.Reset(live.Length));
                // Columns of live rows may be longer than these need.
                snapshot.Columns[i] = [.. columns[i], 7, 7];
                continue;
            }

            columns[i].CopyTo(snapshot.Columns[i], 0);
            if (hidden is not null) snapshot.Hidden[i] = new RowMask(family.Rows.Count, row => hidden[i][row]);
        }

        return snapshot;
    }

    private sealed class Row(IReadOnlyList<Label> labels) : LiveRow
    {
        public override IReadOnlyList<Label> Labels => labels;
    }
}
