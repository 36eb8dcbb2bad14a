using System.Globalization;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>A row of a heatmap.</summary>
/// <param name="Name">The series' name.</param>
/// <param name="Bound">The upper bound of its bucket; null if it is none.</param>
/// <param name="Values">A value for each column; NaN for none.</param>
internal sealed record HeatRow(string Name, double? Bound, IReadOnlyList<double> Values);

/// <summary>Buckets over time, as cells.</summary>
/// <param name="Rows">From below upwards; empty ones at the edges are left out.</param>
/// <param name="From">Where the first column begins.</param>
/// <param name="Width">Seconds of a column.</param>
/// <param name="Most">The largest value.</param>
internal sealed record HeatGrid(IReadOnlyList<HeatRow> Rows, double From, double Width, double Most)
{
    /// <summary>Makes cells of series.</summary>
    /// <param name="data">A panel whose series are buckets: cumulative by <c>le</c> in the format heatmap, else each for itself.</param>
    /// <param name="mostColumns">Columns at most; neighbours are averaged.</param>
    public static HeatGrid Of(PanelData data, int mostColumns)
    {
        var fields = Field.Of(data).Select(field => (Field: field, Bound: Bound(field))).OrderBy(pair => pair.Bound ?? double.NaN).ToList();
        var step = fields.Max(pair => pair.Field.Series.Step);
        if (step <= 0) return new([], 0, 1, 0);
        var first = fields.Min(pair => pair.Field.Series.Samples[0].Time);
        var last = fields.Max(pair => pair.Field.Series.Samples[^1].Time);
        var count = (int)Math.Min(100_000, Math.Round((last - first) / step) + 1);
        var merge = Math.Max(1, (count + mostColumns - 1) / mostColumns);
        var cumulative = fields.All(pair => pair.Bound is not null && pair.Field.Series.Target.Format == TargetFormat.Heatmap);
        var rows = new List<HeatRow>();
        double[]? below = null;
        foreach (var (field, bound) in fields)
        {
            var values = Column(field, first, step, count);
            rows.Add(new(field.Name, bound, Averaged([.. values.Select((value, i) => cumulative && below is not null && double.IsFinite(below[i]) ? Math.Max(0, value - below[i]) : value)], merge)));
            below = values;
        }

        bool Empty(HeatRow row) => !row.Values.Any(value => value > 0);
        rows = [.. rows.SkipWhile(Empty).Reverse().SkipWhile(Empty).Reverse()];
        return new(rows, first - step, step * merge, rows.SelectMany(row => row.Values).Where(double.IsFinite).DefaultIfEmpty(0).Max());
    }

    /// <summary>Where a column begins.</summary>
    public double Edge(int column) => From + (column * Width);

    /// <summary>The step of the scale for a value; 0 for nothing. Small values differ visibly: the scale goes by the square root.</summary>
    public int Step(double value) => value > 0 && Most > 0 ? Math.Clamp((int)Math.Ceiling(Math.Sqrt(value / Most) * Paint.HeatSteps), 1, Paint.HeatSteps) : 0;

    private static double? Bound(Field field)
    {
        var text = field.Series.Labels.GetValueOrDefault("le", field.Name);
        return text == "+Inf" ? double.PositiveInfinity : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;
    }

    private static double[] Column(Field field, double first, double step, int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        foreach (var sample in field.Series.Samples) values[Math.Clamp((int)Math.Round((sample.Time - first) / step), 0, count - 1)] = sample.Value;
        return values;
    }

    private static double[] Averaged(IReadOnlyList<double> values, int merge) =>
        [.. values.Chunk(merge).Select(chunk => chunk.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())];
}
