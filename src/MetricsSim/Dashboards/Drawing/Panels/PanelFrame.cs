using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>A panel: its card and title, and within what its type draws, or why there is nothing.</summary>
internal static class PanelFrame
{
    private const double TitleHeight = 30;
    private const double Margin = 10;
    private const double TitleSize = 13;

    /// <summary>Draws a panel.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="data">The panel.</param>
    /// <param name="box">All of it.</param>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var panel = data.Panel;
        var bare = panel.Type == "text" && panel.Options.At("transparent").AsFlag() == true;
        canvas.Begin(panel.Description.Length > 0 ? $"{panel.Title}: {panel.Description}" : panel.Title);
        if (!bare) canvas.Rect(box, "card", radius: 4);
        if (panel.Title.Length > 0)
            canvas.Text(box.X + Margin, box.Y + 20, TextWidth.Fit(panel.Title, box.Width - (2 * Margin), TitleSize, bold: true), "b", size: TitleSize);
        var body = box.Without(Margin, panel.Title.Length > 0 ? TitleHeight : Margin, Margin, Margin);
        if (data.LeftOut > 0)
        {
            var note = $"the first {data.Series.Count} of {data.Series.Count + data.LeftOut} series";
            canvas.Text(body.Right, body.Bottom, TextWidth.Fit(note, body.Width, TextWidth.Small), "e o", size: TextWidth.Small);
            body = body.Without(bottom: 16);
        }

        Body(canvas, data, body);
        canvas.End();
    }

    /// <summary>Says something in the middle of a panel.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="box">The panel's inside.</param>
    /// <param name="text">What.</param>
    /// <param name="paint">In which colour.</param>
    public static void Say(SvgCanvas canvas, Box box, string text, Paint paint)
    {
        var lines = TextLines.Wrap(text, box.Width, Math.Max(1, (int)(box.Height / 16)));
        for (var i = 0; i < lines.Count; i++) canvas.Text(box.CenterX, box.CenterY + 4 + ((i - ((lines.Count - 1) / 2.0)) * 16), lines[i], "m", paint);
    }

    private static void Body(SvgCanvas canvas, PanelData data, Box body)
    {
        if (data.Error is { } error)
        {
            Say(canvas, body, error, new Paint("red"));
            return;
        }

        if (data.Panel.Type == "text")
        {
            TextPanel.Draw(canvas, data, body);
            return;
        }

        if (data.Series.Count == 0)
        {
            Say(canvas, body, data.Panel.Field.NoValue.Length > 0 ? data.Panel.Field.NoValue : "No data", Paint.Soft);
            return;
        }

        switch (data.Panel.Type)
        {
            case "timeseries" or "graph" or "trend":
                TimeSeriesPanel.Draw(canvas, data, body);
                break;
            case "stat" or "singlestat":
                StatPanel.Draw(canvas, data, body);
                break;
            case "gauge":
                GaugePanel.Draw(canvas, data, body);
                break;
            case "bargauge" or "barchart":
                BarGaugePanel.Draw(canvas, data, body);
                break;
            case "table" or "table-old":
                TablePanel.Draw(canvas, data, body);
                break;
            case "heatmap":
                HeatmapPanel.Draw(canvas, data, body);
                break;
            case "piechart":
                PieChartPanel.Draw(canvas, data, body);
                break;
            case "state-timeline" or "status-history":
                StateTimelinePanel.Draw(canvas, data, body);
                break;
            default:
                Say(canvas, body, $"panels of type {data.Panel.Type} are not drawn here", Paint.Soft);
                break;
        }
    }
}
