using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Drawing.Units;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>gauge</c>: an arc that fills up, with its thresholds around it.</summary>
internal static class GaugePanel
{
    private const double Open = 60;
    private const double Sweep = 360 - (2 * Open);

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var readings = FieldValue.Of(data);
        var cells = CellGrid.For(box, readings.Count, 1.2, 70, 60);
        foreach (var (reading, cell) in readings.Zip(cells)) Gauge(canvas, reading, readings.Count > 1 ? cell.Without(bottom: 16) : cell, readings);
        foreach (var (reading, cell) in readings.Zip(cells).Where(_ => readings.Count > 1))
            canvas.Text(cell.CenterX, cell.Bottom - 2, TextWidth.Fit(reading.Field.Name, cell.Width), "m o");
        CellGrid.More(canvas, box, readings.Count - cells.Count);
    }

    private static void Gauge(SvgCanvas canvas, FieldValue reading, Box cell, IReadOnlyList<FieldValue> all)
    {
        var options = reading.Field.Style.Options;
        var span = reading.Span(all, options.Unit switch { "percent" => 100, "percentunit" => 1, _ => options.Max is null && options.Unit.Length == 0 ? 100 : null });
        // The lower edge of the arc is half a radius below its centre.
        var outer = Math.Max(12, Math.Min(cell.Width / 2, cell.Height / 1.52) - 2);
        var center = (X: cell.CenterX, Y: cell.Y + ((cell.Height - (outer * 1.5)) / 2) + outer);
        var ring = outer * 0.045;
        var steps = Thresholds.Steps(options with { Min = span.Low, Max = span.High });
        for (var i = 0; i < steps.Count; i++)
        {
            var from = Share(steps[i].From, span);
            var to = i + 1 < steps.Count ? Share(steps[i + 1].From, span) : 1;
            if (to > from) canvas.Fill(Arc(center, outer, outer - ring, from, to), steps[i].Paint);
        }

        var (wide, narrow) = (outer - (ring * 1.8), outer * 0.72);
        canvas.Area(Arc(center, wide, narrow, 0, 1), "track");
        var share = reading.Share(span);
        var paint = reading.Colour();
        if (share > 0) canvas.Fill(Arc(center, wide, narrow, 0, share), paint);
        var size = TextWidth.Size(reading.Text.ToString(), narrow * 1.6, 10, Math.Min(34, narrow * 0.5), bold: true);
        canvas.Value(center.X, center.Y + (size * 0.36), reading.Text, "m b", paint, size);
        if (outer < 50) return;
        End(canvas, center.X - (outer * 0.62), center.Y + (outer * 0.5) + 2, reading.Field.Style, span.Low);
        End(canvas, center.X + (outer * 0.62), center.Y + (outer * 0.5) + 2, reading.Field.Style, span.High);
    }

    private static void End(SvgCanvas canvas, double x, double y, FieldStyle style, double value) =>
        canvas.Text(x, y, UnitTable.Text(style.Options.Unit, value, value % 1 == 0 ? 0 : style.Options.Decimals).ToString(), "m o", size: 9);

    private static double Share(double value, (double Low, double High) span) => Math.Clamp((value - span.Low) / (span.High - span.Low), 0, 1);

    /// <summary>A part of a ring, by shares of the gauge's sweep.</summary>
    private static string Arc((double X, double Y) center, double outer, double inner, double from, double to)
    {
        string Point(double radius, double share)
        {
            var angle = (90 + Open + (Sweep * share)) * Math.PI / 180;
            return $"{SvgCanvas.Number(center.X + (radius * Math.Cos(angle)))} {SvgCanvas.Number(center.Y + (radius * Math.Sin(angle)))}";
        }

        var large = (to - from) * Sweep > 180 ? 1 : 0;
        var (o, i) = (SvgCanvas.Number(outer), SvgCanvas.Number(inner));
        return $"M{Point(outer, from)}A{o} {o} 0 {large} 1 {Point(outer, to)}L{Point(inner, to)}A{i} {i} 0 {large} 0 {Point(inner, from)}z";
    }
}
