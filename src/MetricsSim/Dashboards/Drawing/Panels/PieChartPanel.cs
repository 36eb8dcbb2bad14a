using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Plots;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>piechart</c>: shares of a whole, the largest first.</summary>
internal static class PieChartPanel
{
    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var options = data.Panel.Options;
        var readings = FieldValue.Of(data).Where(reading => reading.Value > 0 && double.IsFinite(reading.Value)).OrderByDescending(reading => reading.Value).ToList();
        var total = readings.Sum(reading => reading.Value);
        if (readings.Count == 0)
        {
            PanelFrame.Say(canvas, box, "nothing above 0", Paint.Soft);
            return;
        }

        var columns = options.At("legend", "values").AsTexts();
        var legend = LegendOptions.Of(options) with { Calcs = columns, SortBy = "" };
        box = new Legend(legend).Draw(canvas, box, [.. readings.Select(reading => Entry(reading, columns, total))]);
        var radius = Math.Max(4, (Math.Min(box.Width, box.Height) / 2) - 4);
        var hole = options.At("pieType").AsText() == "donut" ? radius * 0.6 : 0;
        var from = 0.0;
        foreach (var reading in readings)
        {
            var to = from + (reading.Value / total);
            canvas.Area(Slice(box, radius, hole, from, to), "slice", reading.Colour("palette-classic"), $"{reading.Field.Name}: {Percent(reading, total)}");
            var fits = TextWidth.Of(Percent(reading, total), TextWidth.Small, bold: true) <= radius - hole - 2;
            if (fits && to - from >= 0.06) Label(canvas, box, (radius * 0.5) + (hole * 0.5) + (hole > 0 ? 0 : radius * 0.14), (from + to) / 2, Percent(reading, total));
            from = to;
        }
    }

    private static string Percent(FieldValue reading, double total) => $"{(reading.Value / total * 100):0.#}%";

    private static LegendEntry Entry(FieldValue reading, IReadOnlyList<string> columns, double total) => new(
        reading.Field.Name,
        reading.Colour("palette-classic"),
        [.. columns.Select(column => column == "percent" ? Percent(reading, total) : reading.Text.ToString())],
        [.. columns.Select(_ => reading.Value)]);

    private static void Label(SvgCanvas canvas, Box box, double distance, double share, string text)
    {
        var angle = Angle(share);
        canvas.Text(box.CenterX + (distance * Math.Cos(angle)), box.CenterY + (distance * Math.Sin(angle)) + 4, text, "m b on", size: TextWidth.Small);
    }

    private static string Slice(Box box, double radius, double hole, double from, double to)
    {
        // A whole circle begins and ends in one point, of which an arc makes nothing.
        to = Math.Min(to, from + 0.99999);
        string Point(double distance, double share) =>
            $"{SvgCanvas.Number(box.CenterX + (distance * Math.Cos(Angle(share))))} {SvgCanvas.Number(box.CenterY + (distance * Math.Sin(Angle(share))))}";
        var (large, r, h) = (to - from > 0.5 ? 1 : 0, SvgCanvas.Number(radius), SvgCanvas.Number(hole));
        return to - from > 0.99
            ? $"{Circle(box, radius)}{(hole > 0 ? Circle(box, hole) : "")}"
            : $"M{Point(radius, from)}A{r} {r} 0 {large} 1 {Point(radius, to)}L{Point(hole, to)}A{h} {h} 0 {large} 0 {Point(hole, from)}z";
    }

    private static string Circle(Box box, double radius)
    {
        var (r, twice) = (SvgCanvas.Number(radius), SvgCanvas.Number(2 * radius));
        return $"M{SvgCanvas.Number(box.CenterX - radius)} {SvgCanvas.Number(box.CenterY)}a{r} {r} 0 1 1 {twice} 0a{r} {r} 0 1 1 -{twice} 0z";
    }

    private static double Angle(double share) => ((share * 360) - 90) * Math.PI / 180;
}
