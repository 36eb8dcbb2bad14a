using System.Globalization;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Plots;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Drawing.Units;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>heatmap</c>: how much fell into which bucket when.</summary>
internal static class HeatmapPanel
{
    private const double LeastCell = 5;
    private const double ScaleHeight = 20;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var scale = data.Panel.Options.At("legend", "show").AsFlag() != false;
        var inner = box.Without(top: 4, bottom: TimePlot.AxisHeight + (scale ? ScaleHeight : 0));
        var grid = HeatGrid.Of(data, (int)Math.Max(1, inner.Width / LeastCell));
        if (grid.Rows.Count == 0)
        {
            PanelFrame.Say(canvas, box, "nothing above 0", Paint.Soft);
            return;
        }

        var unit = data.Panel.Options.At("yAxis", "unit").AsText() ?? data.Panel.Field.Unit;
        var names = grid.Rows.Select(row => Name(row, unit)).ToList();
        var area = inner.Without(left: names.Max(name => TextWidth.Of(name, TextWidth.Small)) + 10, right: 8);
        var plot = new TimePlot(data, area);
        var row = area.Height / grid.Rows.Count;
        plot.Axis(canvas);
        Cells(canvas, plot, grid, row);
        var every = Math.Max(1, (int)Math.Ceiling(15 / row));
        for (var i = 0; i < names.Count; i++)
        {
            // The name of a bucket is its upper bound, which is the edge above it.
            if ((names.Count - 1 - i) % every == 0) canvas.Text(area.X - 7, area.Bottom - ((i + 1) * row) + 4, names[i], "e o", size: TextWidth.Small);
        }

        plot.Marks(canvas);
        if (scale) Scale(canvas, new Box(area.X, box.Bottom - 12, area.Width, 10), grid.Most, data.Panel.Options.At("cellValues", "unit").AsText() ?? "short");
    }

    private static string Name(HeatRow row, string unit) => row.Bound is not { } bound ? row.Name : double.IsInfinity(bound) ? "∞" : UnitTable.Text(unit, bound, null).ToString();

    /// <summary>A path for each step of the scale, with neighbours of the same step in one.</summary>
    private static void Cells(SvgCanvas canvas, TimePlot plot, HeatGrid grid, double row)
    {
        var paths = Enumerable.Range(0, Paint.HeatSteps + 1).Select(_ => new PathBuilder()).ToList();
        for (var r = 0; r < grid.Rows.Count; r++)
        {
            var values = grid.Rows[r].Values;
            var y = plot.Area.Bottom - ((r + 1) * row);
            for (var c = 0; c < values.Count;)
            {
                var (first, step) = (c, grid.Step(values[c]));
                for (c++; c < values.Count && grid.Step(values[c]) == step; c++)
                {
                }

                if (step == 0) continue;
                var (left, right) = (Math.Max(plot.Area.X, plot.X(grid.Edge(first))), Math.Min(plot.Area.Right, plot.X(grid.Edge(c))));
                if (right > left) paths[step].Add(new Box(left, y, right - left, row > 5 ? row - 0.6 : row));
            }
        }

        for (var step = 1; step < paths.Count; step++) canvas.Fill(paths[step].ToString(), Paint.Heat(step));
    }

    private static void Scale(SvgCanvas canvas, Box box, double most, string unit)
    {
        const double Swatch = 16;
        canvas.Text(box.X, box.Bottom, "0", "o", size: TextWidth.Small);
        for (var step = 1; step <= Paint.HeatSteps; step++) canvas.Rect(new(box.X + 12 + ((step - 1) * Swatch), box.Y + 1, Swatch, 9), "", Paint.Heat(step));
        canvas.Text(box.X + 18 + (Paint.HeatSteps * Swatch), box.Bottom, UnitTable.Text(unit, most, null).ToString(), "o", size: TextWidth.Small);
    }
}
