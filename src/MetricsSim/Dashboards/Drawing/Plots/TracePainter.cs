using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Plots;

/// <summary>Draws traces as lines, areas, bars or points.</summary>
/// <param name="canvas">Where.</param>
/// <param name="plot">The area.</param>
internal sealed class TracePainter(SvgCanvas canvas, TimePlot plot)
{
    // A stacked trace that is lower, in px, has no line of its own.
    private const double LeastHeight = 0.6;

    /// <summary>Fills the area below a trace, or its bars.</summary>
    public void Fill(Trace trace)
    {
        var options = trace.Field.Style.Options;
        if (options.DrawStyle == "bars")
        {
            Bars(trace);
            return;
        }

        if (options.FillOpacity <= 0 || options.DrawStyle == "points") return;
        var path = new PathBuilder();
        foreach (var (first, last) in trace.Runs())
        {
            if (last == first) continue;
            var upper = Points(trace, trace.Upper, first, last).ToList();
            path.Add(upper.Concat(Points(trace, trace.Lower, first, last, trace.Upper).Reverse()), close: true);
        }

        canvas.Fill(path.ToString(), trace.Field.Paint, Math.Min(1, options.FillOpacity / 100));
    }

    /// <summary>Draws the line of a trace, or its points.</summary>
    public void Line(Trace trace)
    {
        var options = trace.Field.Style.Options;
        if (options.DrawStyle == "bars" || (options.LineWidth <= 0 && options.DrawStyle != "points")) return;
        var path = new PathBuilder();
        foreach (var (first, last) in Visible(trace))
        {
            if (options.DrawStyle != "points") path.Add(Points(trace, trace.Upper, first, last));
            else
            {
                foreach (var point in Points(trace, trace.Upper, first, last)) path.Add([point]);
            }
        }

        var width = options.DrawStyle == "points" ? 4 : Math.Clamp(options.LineWidth, 0.5, 10) + 0.4;
        var dashed = trace.Field.Style["lineStyle.fill"] is { ValueKind: System.Text.Json.JsonValueKind.String } fill && fill.GetString() is "dash" or "dot";
        canvas.Stroke(path.ToString(), trace.Field.Paint, width, dashed, trace.Field.Name);
    }

    private void Bars(Trace trace)
    {
        var options = trace.Field.Style.Options;
        var step = trace.Field.Series.Step > 0 ? plot.X(trace.Field.Series.Step) - plot.X(0) : 8;
        var width = Math.Max(1, step * 0.8);
        var path = new PathBuilder();
        for (var i = 0; i < trace.Times.Count; i++)
        {
            if (!double.IsFinite(trace.Upper[i])) continue;
            var (x, a, b) = (plot.X(trace.Times[i]), Y(trace, trace.Upper[i]), Y(trace, trace.Lower[i]));
            if (Math.Abs(a - b) < 0.05) continue;
            var left = Math.Max(plot.Area.X, x - (width / 2));
            path.Add(new Box(left, Math.Min(a, b), Math.Min(plot.Area.Right, x + (width / 2)) - left, Math.Abs(a - b)));
        }

        canvas.Fill(path.ToString(), trace.Field.Paint, options.FillOpacity > 0 ? Math.Clamp(options.FillOpacity / 100, 0.3, 1) : 0.85, trace.Field.Name);
    }

    /// <summary>The runs of a trace; of what is stacked only where it has a height, else it would hide what it stands on.</summary>
    private IEnumerable<(int First, int Last)> Visible(Trace trace)
    {
        foreach (var (from, to) in trace.Runs())
        {
            if (!trace.Stacked || trace.Lower.Skip(from).Take(to - from + 1).All(lower => lower == 0))
            {
                yield return (from, to);
                continue;
            }

            int? first = null;
            for (var i = from; i <= to + 1; i++)
            {
                var high = i <= to && double.IsFinite(trace.Upper[i]) && Math.Abs(Y(trace, trace.Upper[i]) - Y(trace, trace.Lower[i])) >= LeastHeight;
                if (high) first ??= i;
                else if (first is { } begun && (i > to || double.IsFinite(trace.Upper[i])))
                {
                    // With its neighbours, from which it rises and to which it falls.
                    yield return (Math.Max(from, begun - 1), Math.Min(to, i));
                    first = null;
                }
            }
        }
    }

    // Where the known values have none, there is no point.
    private IEnumerable<(double X, double Y)> Points(Trace trace, IReadOnlyList<double> values, int first, int last, IReadOnlyList<double>? known = null)
    {
        var interpolation = trace.Field.Style.Options.LineInterpolation;
        (double X, double Y)? before = null;
        for (var i = first; i <= last; i++)
        {
            if (!double.IsFinite((known ?? values)[i])) continue;
            var point = (X: plot.X(trace.Times[i]), Y: Y(trace, values[i]));
            // Steps begin at round times, so the first sample may be before what is shown: the line comes in at the edge.
            if (point.X < plot.Area.X)
            {
                if (i == last || plot.X(trace.Times[i + 1]) <= plot.Area.X) continue;
                point = (plot.Area.X, interpolation.StartsWith("step", StringComparison.Ordinal) ? point.Y : At(plot.Area.X, point, (plot.X(trace.Times[i + 1]), Y(trace, values[i + 1]))));
            }

            if (before is { } from && interpolation == "stepAfter") yield return (point.X, from.Y);
            if (before is { } old && interpolation == "stepBefore") yield return (old.X, point.Y);
            yield return point;
            before = point;
        }
    }

    private static double At(double x, (double X, double Y) a, (double X, double Y) b) => double.IsFinite(b.Y) ? a.Y + ((x - a.X) / (b.X - a.X) * (b.Y - a.Y)) : a.Y;

    // What lies outside of an axis that the dashboard fixed stays within the plot.
    private double Y(Trace trace, double value) => plot.Area.Bottom - (Math.Clamp(trace.Axis!.Share(value), -0.01, 1.01) * plot.Area.Height);
}
