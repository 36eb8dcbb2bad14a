using MetricsSim.Dashboards.Drawing.Axes;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Plots;

/// <summary>The area of a plot over time: its time axis, and what is marked in it.</summary>
internal sealed class TimePlot
{
    /// <summary>Room for the labels of the time axis.</summary>
    public const double AxisHeight = 20;

    private const double LabelRoom = 74;

    private readonly PanelData _data;

    /// <summary>Makes a plot.</summary>
    /// <param name="data">The panel.</param>
    /// <param name="area">Where it is drawn, without the axes' labels.</param>
    public TimePlot(PanelData data, Box area)
    {
        _data = data;
        Area = area;
    }

    /// <summary>Where it is drawn, without the axes' labels.</summary>
    public Box Area { get; }

    /// <summary>Where a time is.</summary>
    /// <param name="at">Seconds since the Unix epoch.</param>
    public double X(double at) => Area.X + ((at - _data.From) / (_data.To - _data.From) * Area.Width);

    /// <summary>Draws the time axis, with lines up through the plot.</summary>
    public void Axis(SvgCanvas canvas)
    {
        foreach (var tick in TimeAxis.Ticks(_data.From, _data.To, Math.Max(1, (int)(Area.Width / LabelRoom))))
        {
            var x = X(tick.Value);
            canvas.Line(x, Area.Y, x, Area.Bottom, "g");
            var half = TextWidth.Of(tick.Text, TextWidth.Small) / 2;
            // At the edges of the panel a label that is moved a little tells more than one that is cut.
            canvas.Text(Math.Clamp(x, Area.X - 4 + half, Math.Max(Area.X - 4 + half, Area.Right + 8 - half)), Area.Bottom + 15, tick.Text, "m o", size: TextWidth.Small);
        }
    }

    /// <summary>Draws what is marked: bands and moments.</summary>
    public void Marks(SvgCanvas canvas)
    {
        foreach (var mark in _data.Marks.Where(mark => mark.To >= _data.From && mark.From <= _data.To))
        {
            var (from, to) = (X(Math.Max(mark.From, _data.From)), X(Math.Min(mark.To, _data.To)));
            var paint = mark.Paint;
            if (to - from >= 1) canvas.Rect(new(from, Area.Y, to - from, Area.Height), "", paint, opacity: 0.08, title: mark.Text);
            var edges = new PathBuilder();
            edges.Add([(from, Area.Y), (from, Area.Bottom)]);
            if (to - from >= 3) edges.Add([(to, Area.Y), (to, Area.Bottom)]);
            canvas.Stroke(edges.ToString(), paint, 1, dashed: true, title: mark.Text);
            canvas.Fill($"M{SvgCanvas.Number(from - 3.5)} {SvgCanvas.Number(Area.Bottom + 5)}h7l-3.5 -5z", paint, title: mark.Text);
        }
    }
}
