using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>bargauge</c> and <c>barchart</c>: a bar for each value, lying or standing.</summary>
internal static class BarGaugePanel
{
    private const double LeastRow = 15;
    private const double MostRow = 34;
    private const double LeastColumn = 34;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var readings = FieldValue.Of(data);
        // All of them may be hidden.
        if (readings.Count == 0) return;
        var usual = data.Panel.Type == "barchart" ? "palette-classic" : "thresholds";
        if (data.Panel.Options.At("orientation").AsText() == "vertical") Standing(canvas, box, readings, usual);
        else Lying(canvas, box, readings, usual);
    }

    private static void Lying(SvgCanvas canvas, Box box, IReadOnlyList<FieldValue> all, string usual)
    {
        var (shown, room) = Shown(canvas, box, all, (int)(box.Height / LeastRow));
        var row = Math.Min(MostRow, room.Height / Math.Max(1, shown.Count));
        // Names stand over their bars where there is height for it, else beside them.
        var over = row >= 32 && room.Width < 360;
        var names = over ? 0 : Math.Min(room.Width * 0.48, shown.Max(reading => TextWidth.Of(reading.Field.Name)) + 10);
        var values = Math.Min(room.Width * 0.4, shown.Max(reading => TextWidth.Of(reading.Text.ToString(), bold: true)) + 10);
        for (var i = 0; i < shown.Count; i++)
        {
            var reading = shown[i];
            var line = new Box(room.X, room.Y + (i * row), room.Width, row);
            var thick = Math.Clamp(line.Height - (over ? 20 : 6), 6, 22);
            var bar = new Box(line.X + names, over ? line.Y + 15 : line.CenterY - (thick / 2), Math.Max(4, line.Width - names - values), thick);
            var paint = reading.Colour(usual);
            if (over) canvas.Text(line.X, line.Y + 11, TextWidth.FitEnds(reading.Field.Name, line.Width));
            else canvas.Text(bar.X - 8, line.CenterY + 4, TextWidth.FitEnds(reading.Field.Name, names - 8), "e");
            canvas.Rect(bar, "track", radius: 2);
            var length = reading.Share(reading.Span(all)) * bar.Width;
            if (length > 0) canvas.Rect(bar with { Width = Math.Max(1.5, length) }, "", paint, radius: 2, title: reading.Field.Name);
            canvas.Text(line.Right, bar.CenterY + 4, TextWidth.Fit(reading.Text.ToString(), values, bold: true), "e b", paint);
        }
    }

    private static void Standing(SvgCanvas canvas, Box box, IReadOnlyList<FieldValue> all, string usual)
    {
        var (shown, room) = Shown(canvas, box, all, (int)(box.Width / LeastColumn));
        foreach (var (reading, cell) in shown.Zip(room.Cells(Math.Max(1, shown.Count), 1, 10)))
        {
            var bar = cell.Without(Math.Max(0, (cell.Width - 60) / 2), 18, Math.Max(0, (cell.Width - 60) / 2), 18);
            var paint = reading.Colour(usual);
            var height = reading.Share(reading.Span(all)) * bar.Height;
            canvas.Rect(bar, "track", radius: 2);
            if (height > 0) canvas.Rect(new(bar.X, bar.Bottom - height, bar.Width, height), "", paint, radius: 2, title: reading.Field.Name);
            canvas.Text(cell.CenterX, cell.Y + 12, TextWidth.Fit(reading.Text.ToString(), cell.Width + 8, bold: true), "m b", paint);
            canvas.Text(cell.CenterX, cell.Bottom - 3, TextWidth.Fit(reading.Field.Name, cell.Width + 8), "m o");
        }
    }

    private static (IReadOnlyList<FieldValue> Shown, Box Room) Shown(SvgCanvas canvas, Box box, IReadOnlyList<FieldValue> all, int most)
    {
        most = Math.Max(1, most);
        if (all.Count <= most) return (all, box);
        var shown = all.Take(Math.Max(1, most - 1)).ToList();
        canvas.Text(box.Right, box.Bottom, $"+ {all.Count - shown.Count} more", "e o", size: TextWidth.Small);
        return (shown, box.Without(bottom: LeastRow));
    }
}
