using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Plots;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>state-timeline</c>: for each series when it had which value.</summary>
internal static class StateTimelinePanel
{
    private const double LeastRow = 14;
    private const double MostRow = 60;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var fields = Field.Of(data);
        var legend = LegendOptions.Of(data.Panel.Options) with { AsTable = false, Calcs = [] };
        box = new Legend(legend).Draw(canvas, box, States(fields));
        var inner = box.Without(bottom: TimePlot.AxisHeight);
        var most = Math.Max(1, (int)(inner.Height / LeastRow));
        var shown = fields.Take(fields.Count <= most ? most : Math.Max(1, most - 1)).ToList();
        var names = Math.Min(inner.Width * 0.34, shown.Max(field => TextWidth.Of(field.Name, TextWidth.Small)) + 8);
        var rows = fields.Count > shown.Count ? inner.Without(bottom: LeastRow) : inner;
        var row = Math.Min(MostRow, rows.Height / shown.Count);
        var plot = new TimePlot(data, new Box(inner.X + names, inner.Y, inner.Width - names - 8, row * shown.Count));
        plot.Axis(canvas);
        var texts = data.Panel.Options.At("showValue").AsText() != "never";
        for (var i = 0; i < shown.Count; i++)
        {
            var line = new Box(plot.Area.X, plot.Area.Y + (i * row) + 2, plot.Area.Width, Math.Max(0, row - 4));
            canvas.Text(line.X - 8, line.CenterY + 4, TextWidth.Fit(shown[i].Name, names - 8, TextWidth.Small), "e", size: TextWidth.Small);
            foreach (var span in Spans(shown[i])) Block(canvas, plot, line, shown[i], span, data, texts);
        }

        plot.Marks(canvas);
        if (fields.Count > shown.Count) canvas.Text(inner.Right, box.Bottom, $"+ {fields.Count - shown.Count} more", "e o", size: TextWidth.Small);
    }

    private static void Block(SvgCanvas canvas, TimePlot plot, Box line, Field field, (double From, double To, double Value) span, PanelData data, bool texts)
    {
        var (from, to) = (plot.X(Math.Max(span.From, data.From)), plot.X(Math.Min(span.To, data.To)));
        if (to - from < 0.1) return;
        var text = field.Style.Text(span.Value).ToString();
        canvas.Rect(new(from, line.Y, to - from, line.Height), "", field.Style.Colour(span.Value, field.Index, "thresholds"), opacity: 0.85, title: $"{field.Name}: {text}");
        if (texts && line.Height >= 13 && TextWidth.Of(text, TextWidth.Small) + 6 <= to - from) canvas.Text((from + to) / 2, line.CenterY + 4, text, "m on", size: TextWidth.Small);
    }

    /// <summary>Stretches of one value; a missing sample ends one.</summary>
    private static IEnumerable<(double From, double To, double Value)> Spans(Field field)
    {
        var samples = field.Series.Samples;
        var step = field.Series.Step;
        for (var i = 0; i < samples.Count;)
        {
            var first = samples[i];
            var end = first.Time + step;
            var text = field.Style.Text(first.Value).ToString();
            for (i++; i < samples.Count && samples[i].Time <= end + (step / 2) && field.Style.Text(samples[i].Value).ToString() == text; i++) end = samples[i].Time + step;
            if (i < samples.Count && samples[i].Time <= end + (step / 2)) end = samples[i].Time;
            if (!double.IsNaN(first.Value)) yield return (first.Time, end, first.Value);
        }
    }

    /// <summary>The states that have a text of their own, in the order in which they appear.</summary>
    private static IReadOnlyList<LegendEntry> States(IReadOnlyList<Field> fields) =>
    [
        .. fields.SelectMany(field => field.Values.Where(value => !double.IsNaN(value)).Distinct().Order()
                .Where(value => ValueMappings.Find(field.Style.Options.Mappings, value) is not null)
                .Select(value => new LegendEntry(field.Style.Text(value).ToString(), field.Style.Colour(value, field.Index, "thresholds"), [], [])))
            .DistinctBy(entry => (entry.Name, entry.Paint)),
    ];
}
