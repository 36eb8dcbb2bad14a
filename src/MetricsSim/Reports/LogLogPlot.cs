using System.Globalization;
using System.Text;
using MetricsSim.Studies;

namespace MetricsSim.Reports;

/// <summary>What a plot of cost against size shows of one thing.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">Costs by size, +∞ for what failed.</param>
/// <param name="Law">The fitted line, or null for none.</param>
internal sealed record LogLogLine(string Name, IReadOnlyList<PlotPoint> Points, PowerLaw? Law)
{
    /// <summary>The name with the law.</summary>
    public string Legend => Law is null ? Name : $"{Name}: ∝ {StudyText.Law(Law)}";

    /// <summary>Points and the law through them.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="points">The points.</param>
    public static LogLogLine Fitted(string name, IReadOnlyList<PlotPoint> points) => new(name, points, PowerLaw.Fit(points));
}

/// <summary>Draws costs against sizes on axes of logarithms as inline SVG; colours come from the page's style.</summary>
internal static class LogLogPlot
{
    /// <summary>Units of the picture.</summary>
    public const double Width = 640, Height = 260;

    private const double Left = 52;
    private const double Right = 20;
    private const double Top = 12;
    private const double Bottom = 26;
    private const double PlotWidth = Width - Left - Right;
    private const double PlotHeight = Height - Top - Bottom;
    private const double Cross = 4;
    private const double TextHeight = 13;

    /// <summary>Draws a plot.</summary>
    /// <param name="title">For readers who don't see it.</param>
    /// <param name="lines">The lines, in the order of their colours; at least one point of all is finite.</param>
    /// <param name="limit">A cost to draw a dashed line at, and what to write on it; null for none.</param>
    /// <param name="attributes">Further attributes of the element.</param>
    /// <returns>An <c>svg</c> element.</returns>
    public static string Draw(string title, IReadOnlyList<LogLogLine> lines, (double Cost, string Text)? limit = null, string attributes = "")
    {
        var points = lines.SelectMany(line => line.Points).ToList();
        var x = LogAxis.Around([.. points.Select(point => point.X)]);
        double[] costs = [.. points.SelectMany(point => new[] { point.Y, point.Worst }).Where(cost => double.IsFinite(cost) && cost > 0), .. limit is { } known ? [known.Cost] : Array.Empty<double>()];
        var y = LogAxis.Decades(costs);
        var svg = new StringBuilder();
        svg.Append($"<svg {attributes}viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\">\n");
        Grid(svg, x, y);
        if (limit is { } at)
        {
            var place = N(Y(y, at.Cost));
            svg.Append($"<line class=\"limit dashed\" x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" y1=\"{place}\" y2=\"{place}\"/>");
            var below = Y(y, at.Cost) < Top + TextHeight;
            svg.Append($"<text class=\"limit\" x=\"{N(Left + 6)}\" y=\"{N(Y(y, at.Cost) + (below ? TextHeight : -5))}\">{HtmlText.Escape(at.Text)}</text>\n");
        }

        for (var i = 0; i < lines.Count; i++) Line(svg, lines[i], $"c{i + 1}", x, y);
        return svg.Append("</svg>").ToString();
    }

    private static void Grid(StringBuilder svg, LogAxis x, LogAxis y)
    {
        foreach (var (at, labelled) in y.Ticks())
        {
            var decade = Math.Abs(Math.Log10(at) - Math.Round(Math.Log10(at))) < 1e-9;
            svg.Append($"<line class=\"{(decade ? "grid" : "grid minor")}\" x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" y1=\"{N(Y(y, at))}\" y2=\"{N(Y(y, at))}\"/>");
            if (labelled) svg.Append($"<text class=\"y\" x=\"{N(Left - 6)}\" y=\"{N(Y(y, at))}\">{NiceAxis.Text(at)}</text>");
            svg.Append('\n');
        }

        foreach (var (at, labelled) in x.Ticks())
        {
            svg.Append($"<line class=\"tick\" x1=\"{N(X(x, at))}\" x2=\"{N(X(x, at))}\" y1=\"{N(Height - Bottom)}\" y2=\"{N(Height - Bottom + (labelled ? 5 : 3))}\"/>");
            if (labelled) svg.Append($"<text class=\"x\" x=\"{N(X(x, at))}\" y=\"{N(Height - 6)}\">{NiceAxis.Text(at)}</text>");
            svg.Append('\n');
        }
    }

    private static void Line(StringBuilder svg, LogLogLine line, string colour, LogAxis x, LogAxis y)
    {
        if (line.Law is { } law)
        {
            // A straight line on these axes, as far as it was fitted.
            var fitted = line.Points.Where(point => point.Y > 0 && double.IsFinite(point.Y)).Select(point => point.X).ToList();
            var (from, to) = (fitted.Min(), fitted.Max());
            svg.Append($"<path class=\"line {colour}\" d=\"M{N(X(x, from))} {N(Y(y, law.At(from)))}L{N(X(x, to))} {N(Y(y, law.At(to)))}\"/>\n");
        }

        foreach (var point in line.Points.Where(point => point.Y > 0))
        {
            var (across, down) = (X(x, point.X), double.IsFinite(point.Y) ? Y(y, point.Y) : Top);
            var name = $"<title>{HtmlText.Escape(line.Name)}, {point.X:N0} series: {(!double.IsFinite(point.Y) ? "failed" : NiceAxis.Text(Rounded(point.Y)) + (point.High is { } most ? $", up to {NiceAxis.Text(Rounded(most))}" : ""))}</title>";
            if (point.High is { } high && double.IsFinite(high)) svg.Append($"<path class=\"whisker {colour}\" d=\"M{N(across)} {N(down)}V{N(Y(y, high))}m-3 0h6\"/>\n");
            svg.Append(double.IsFinite(point.Y)
                ? $"<circle class=\"{colour}\" cx=\"{N(across)}\" cy=\"{N(down)}\" r=\"3.5\">{name}</circle>\n"
                : $"<path class=\"line {colour}\" d=\"M{N(across - Cross)} {N(down - Cross)}L{N(across + Cross)} {N(down + Cross)}M{N(across - Cross)} {N(down + Cross)}L{N(across + Cross)} {N(down - Cross)}\">{name}</path>\n");
        }
    }

    private static double Rounded(double cost) => cost >= 100 ? Math.Round(cost) : cost;

    private static double X(LogAxis axis, double value) => Left + (axis.Place(value) * PlotWidth);

    private static double Y(LogAxis axis, double value) => Top + ((1 - axis.Place(value)) * PlotHeight);

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
