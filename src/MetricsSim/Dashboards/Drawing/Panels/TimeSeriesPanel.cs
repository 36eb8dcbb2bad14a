using MetricsSim.Dashboards.Drawing.Axes;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Plots;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>timeseries</c>: lines, areas and bars over time, with up to two axes.</summary>
internal static class TimeSeriesPanel
{
    private const double RowHeight = 42;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var fields = Field.Of(data);
        var legend = LegendOptions.Of(data.Panel.Options);
        box = new Legend(legend).Draw(canvas, box, [.. fields.Where(field => field.Style["hideFrom.legend"].AsFlag() != true).Select(field => Entry(field, legend))]);
        var traces = Stacking.Traces([.. fields.Where(field => field.Style["hideFrom.viz"].AsFlag() != true)]);
        if (traces.Count == 0) return;
        var inner = box.Without(top: 6, bottom: TimePlot.AxisHeight);
        var most = Math.Clamp((int)(inner.Height / RowHeight), 2, 8);
        var axes = traces.GroupBy(trace => OnRight(trace, traces)).ToDictionary(group => group.Key, group => AxisOf([.. group], most));
        var (left, right) = (axes.GetValueOrDefault(false), axes.GetValueOrDefault(true));
        var (leftLabel, rightLabel) = (Label(traces, onRight: false), Label(traces, onRight: true));
        var area = inner.Without(left: left is null ? 4 : Room(left, leftLabel), right: right is null ? 8 : Room(right, rightLabel));
        var plot = new TimePlot(data, area);
        plot.Axis(canvas);
        if (left is not null) Axis(canvas, area, left, onRight: false);
        if (right is not null) Axis(canvas, area, right, onRight: true, lines: left is null);
        canvas.Sideways(inner.X + 8, area.CenterY, TextWidth.Fit(leftLabel, area.Height, TextWidth.Small), TextWidth.Small);
        canvas.Sideways(inner.Right - 2, area.CenterY, TextWidth.Fit(rightLabel, area.Height, TextWidth.Small), TextWidth.Small);
        plot.Marks(canvas);
        var main = left ?? right!;
        ThresholdLines(canvas, area, main, traces[0].Field.Style);
        var painter = new TracePainter(canvas, plot);
        var placed = traces.Select(trace => trace with { Axis = axes[OnRight(trace, traces)] }).ToList();
        foreach (var trace in placed) painter.Fill(trace);
        foreach (var trace in placed) painter.Line(trace);
    }

    private static LegendEntry Entry(Field field, LegendOptions legend)
    {
        var numbers = legend.Calcs.Select(calc => Reducers.Of(calc, field.Values)).ToList();
        return new(field.Name, field.Paint, [.. numbers.Select(number => field.Style.Text(number).ToString())], numbers);
    }

    /// <summary>On the right stands what is put there, and what has another unit than the first trace.</summary>
    private static bool OnRight(Trace trace, IReadOnlyList<Trace> all) => trace.Field.Style["axisPlacement"].AsText() switch
    {
        "right" => true,
        "left" => false,
        _ => trace.Field.Style.Options.Unit != all[0].Field.Style.Options.Unit,
    };

    private static ValueAxis AxisOf(IReadOnlyList<Trace> traces, int most)
    {
        var style = traces[0].Field.Style;
        var options = style.Options;
        var percent = options.Stacking == "percent";
        var logarithmic = style["scaleDistribution.type"].AsText() == "log";
        var values = traces.SelectMany(trace => trace.Upper).Where(double.IsFinite).ToList();
        var (low, high) = values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        if (logarithmic) low = values.Where(value => value > 0).DefaultIfEmpty(high / 1000).Min();
        // Areas and bars are read by their height, and a line far above zero by its changes.
        else if (low > 0 && (low < high / 2 || traces.Any(trace => trace.Stacked || trace.Field.Style.Options.DrawStyle == "bars" || trace.Field.Style.Options.FillOpacity > 0))) low = 0;
        else if (high < 0 && high > low / 2) high = 0;
        low = style["axisSoftMin"].AsNumber() is { } softLow ? Math.Min(low, softLow) : low;
        high = style["axisSoftMax"].AsNumber() is { } softHigh ? Math.Max(high, softHigh) : high;
        return ValueAxis.Of(new()
        {
            Low = options.Min ?? low,
            High = options.Max ?? (percent ? 1 : high),
            FixedLow = options.Min is not null,
            FixedHigh = options.Max is not null || percent,
            Unit = percent ? "percentunit" : options.Unit,
            Most = most,
            Logarithmic = logarithmic,
        });
    }

    private static string Label(IReadOnlyList<Trace> traces, bool onRight) =>
        traces.Where(trace => OnRight(trace, traces) == onRight).Select(trace => trace.Field.Style["axisLabel"].AsText() ?? "").FirstOrDefault(label => label.Length > 0, "");

    private static double Room(ValueAxis axis, string label) =>
        axis.Ticks.Select(tick => TextWidth.Of(tick.Text, TextWidth.Small)).DefaultIfEmpty(0).Max() + (label.Length > 0 ? 24 : 10);

    private static void Axis(SvgCanvas canvas, Box area, ValueAxis axis, bool onRight, bool lines = true)
    {
        foreach (var tick in axis.Ticks)
        {
            var y = area.Bottom - (axis.Share(tick.Value) * area.Height);
            if (lines) canvas.Line(area.X, y, area.Right, y, "g");
            canvas.Text(onRight ? area.Right + 7 : area.X - 7, y + 4, tick.Text, onRight ? "o" : "e o", size: TextWidth.Small);
        }
    }

    private static void ThresholdLines(SvgCanvas canvas, Box area, ValueAxis axis, FieldStyle style)
    {
        var kind = style["thresholdsStyle.mode"].AsText() ?? style.Options.ThresholdStyle;
        if (kind is "off" or "") return;
        var steps = Thresholds.Steps(style.Options);
        for (var i = 0; i < steps.Count; i++)
        {
            var from = Math.Clamp(axis.Share(steps[i].From), 0, 1);
            var to = i + 1 < steps.Count ? Math.Clamp(axis.Share(steps[i + 1].From), 0, 1) : 1;
            var y = area.Bottom - (from * area.Height);
            if (kind.Contains("area", StringComparison.Ordinal) && to > from) canvas.Rect(new(area.X, area.Bottom - (to * area.Height), area.Width, (to - from) * area.Height), "", steps[i].Paint, opacity: 0.1);
            if (kind == "area" || from is <= 0 or >= 1) continue;
            canvas.Stroke($"M{SvgCanvas.Number(area.X)} {SvgCanvas.Number(y)}H{SvgCanvas.Number(area.Right)}", steps[i].Paint, 1, dashed: kind.Contains("dashed", StringComparison.Ordinal));
        }
    }
}
