using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>stat</c>: large values, with a line of how they came about.</summary>
internal static class StatPanel
{
    private const double MostValue = 44;
    private const double NameHeight = 16;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var options = data.Panel.Options;
        var readings = FieldValue.Of(data);
        var mode = options.At("textMode").AsText() ?? "auto";
        var named = mode is "value_and_name" or "name" || (mode == "auto" && readings.Count > 1);
        var cells = CellGrid.For(box, readings.Count, 2.4, 54, 30);
        var look = new Look(options.At("colorMode").AsText() ?? "value", options.At("graphMode").AsText() != "none", named, mode != "name");
        foreach (var (reading, cell) in readings.Zip(cells)) Cell(canvas, data, reading, cell, look);
        CellGrid.More(canvas, box, readings.Count - cells.Count);
    }

    private static void Cell(SvgCanvas canvas, PanelData data, FieldValue reading, Box cell, Look look)
    {
        var paint = reading.Colour();
        var filled = look.Colour.StartsWith("background", StringComparison.Ordinal);
        if (filled) canvas.Rect(cell, "", paint, radius: 3);
        var graph = look.Graph && !filled && reading.Field.Series.Samples.Count > 1 && cell.Height >= 44;
        var text = graph ? cell.Without(bottom: cell.Height * 0.34) : cell;
        if (graph) Sparkline(canvas, data, reading.Field, cell.Without(top: cell.Height * 0.64), look.Colour == "none" ? Paint.Series(reading.Field.Index) : paint);
        var inside = filled ? text.Without(6, 2, 6, 2) : text;
        var nameBelow = 0.0;
        if (look.Named)
        {
            nameBelow = look.Valued ? NameHeight : 0;
            var name = TextWidth.Fit(reading.Field.Name, inside.Width);
            canvas.Text(inside.CenterX, look.Valued ? inside.Y + 12 : inside.CenterY + 4, name, filled ? "m on" : "m o");
        }

        if (!look.Valued) return;
        var room = inside.Without(top: nameBelow);
        var size = TextWidth.Size(reading.Text.ToString(), room.Width, 11, Math.Min(MostValue, room.Height * 0.8), bold: true);
        canvas.Value(room.CenterX, room.CenterY + (size * 0.36), reading.Text, filled ? "m b on" : "m b", filled || look.Colour == "none" ? null : paint, size);
    }

    private static void Sparkline(SvgCanvas canvas, PanelData data, Field field, Box box, Paint paint)
    {
        var known = field.Series.Samples.Where(sample => double.IsFinite(sample.Value) && sample.Time >= data.From).ToList();
        if (known.Count < 2) return;
        var (low, high) = (field.Style.Options.Min ?? known.Min(sample => sample.Value), field.Style.Options.Max ?? known.Max(sample => sample.Value));
        if (low > 0 && low < high / 2) low = 0;
        var points = known
            .Select(sample => (X: box.X + ((sample.Time - data.From) / (data.To - data.From) * box.Width), Y: box.Bottom - 1 - (high > low ? Math.Clamp((sample.Value - low) / (high - low), 0, 1) * (box.Height - 3) : (box.Height - 3) / 2)))
            .ToList();
        var area = new PathBuilder();
        area.Add([(points[0].X, box.Bottom), .. points, (points[^1].X, box.Bottom)], close: true);
        canvas.Fill(area.ToString(), paint, 0.14);
        var line = new PathBuilder();
        line.Add(points);
        canvas.Stroke(line.ToString(), paint, 1.4);
    }

    private sealed record Look(string Colour, bool Graph, bool Named, bool Valued);
}
