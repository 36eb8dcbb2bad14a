using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Benchmarks.Exposition;

/// <summary>Pages of counters as a cardinality test has them: families of up to 10 000 series, each with the same number of labels.</summary>
internal static class SyntheticPage
{
    private const int RowsPerFamily = 10_000;

    /// <summary>A page of integer counters whose values have 1 to 9 digits.</summary>
    /// <param name="series">Series, a multiple of 10 000 when more than that.</param>
    /// <param name="labels">Labels of each series.</param>
    /// <param name="format">The format.</param>
    /// <param name="rowsPerFamily">Label sets per family.</param>
    public static PagePart Create(int series, int labels, ExpositionFormat format, int rowsPerFamily = RowsPerFamily)
    {
        var rows = new SyntheticRows(Math.Min(series, rowsPerFamily), labels);
        var layout = new SeriesLayout(
        [
            .. Enumerable.Range(0, Math.Max(1, series / rowsPerFamily)).Select(i => new MetricFamily
            {
                Name = $"synthetic_metric_{i:0000}_requests",
                Help = "A counter for cardinality work.",
                Type = MetricType.Counter,
                Rows = rows,
            }),
        ]);
        var snapshot = new Snapshot(layout);
        foreach (var column in snapshot.Columns)
        {
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = (i * 2_654_435_761L) % Power10(1 + (i % 9));
            }
        }

        return new(new PageLayout(layout, format), snapshot);
    }

    private static long Power10(int digits)
    {
        var power = 1L;
        for (; digits > 0; digits--)
        {
            power *= 10;
        }

        return power;
    }

    /// <summary>Rows whose first label tells them apart and whose other labels have values of 24 characters.</summary>
    private sealed class SyntheticRows(int count, int labels) : LabelRows
    {
        public override int Count => count;

        public override IReadOnlyList<Label> Labels(int row) =>
            [.. Enumerable.Range(0, labels).Select(i => new Label($"label_key_{i:00}", i == 0 ? $"series_{row:000000}" : $"label_value_of_row_{row % 97:00000}"))];
    }
}
