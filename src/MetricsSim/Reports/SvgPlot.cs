using System.Globalization;
using System.Text;

namespace MetricsSim.Reports;

/// <summary>One line of a plot.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Values">One value for each bin; NaN leaves a gap.</param>
/// <param name="Dashed">Whether it is a limit rather than a signal.</param>
internal sealed record PlotLine(string Name, double[] Values, bool Dashed = false);

/// <summary>A time in which a fault was in force or more was offered than could be served.</summary>
/// <param name="From">Seconds since the start.</param>
/// <param name="To">Its end.</param>
/// <param name="Name">What it was.</param>
/// <param name="IsFault">Whether it is a fault, and not an overload.</param>
internal sealed record PlotBand(double From, double To, string Name, bool IsFault);

/// <summary>Draws lines over time as inline SVG; colours come from the page's style.</summary>
/// <param name="seconds">End of each bin.</param>
/// <param name="bands">What to shade.</param>
internal sealed class SvgPlot(double[] seconds, IReadOnlyList<PlotBand> bands)
{
    private const double Width = 640;
    private const double Height = 190;
    private const double Left = 52;
    private const double Right = 20;
    private const double Top = 10;
    private const double Bottom = 24;
    private const double PlotWidth = Width - Left - Right;
    private const double PlotHeight = Height - Top - Bottom;

    private double Length => seconds[^1];

    /// <summary>Draws a plot.</summary>
    /// <param name="title">For readers who don't see it.</param>
    /// <param name="lines">The lines, in the order of their colours.</param>
    /// <returns>An <c>svg</c> element.</returns>
    public string Draw(string title, IReadOnlyList<PlotLine> lines)
    {
        var highest = lines.SelectMany(line => line.Values).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var ticks = NiceAxis.From0To(highest, 4);
        var svg = new StringBuilder();
        svg.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\">\n");
        foreach (var band in bands)
        {
            var width = Math.Max(1.5, X(band.To) - X(band.From));
            svg.Append($"<rect class=\"{(band.IsFault ? "fault" : "overload")}\" x=\"{N(X(band.From))}\" y=\"{N(Top)}\" width=\"{N(width)}\" height=\"{N(PlotHeight)}\">");
            svg.Append($"<title>{HtmlText.Escape(band.Name)}</title></rect>\n");
        }

        foreach (var tick in ticks)
        {
            var y = N(Y(tick, ticks[^1]));
            svg.Append($"<line class=\"grid\" x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" y1=\"{y}\" y2=\"{y}\"/>");
            svg.Append($"<text class=\"y\" x=\"{N(Left - 6)}\" y=\"{y}\">{NiceAxis.Text(tick)}</text>\n");
        }

        foreach (var tick in NiceAxis.Time(Length, 8))
        {
            svg.Append($"<line class=\"tick\" x1=\"{N(X(tick))}\" x2=\"{N(X(tick))}\" y1=\"{N(Height - Bottom)}\" y2=\"{N(Height - Bottom + 4)}\"/>");
            svg.Append($"<text class=\"x\" x=\"{N(X(tick))}\" y=\"{N(Height - 6)}\">{NiceAxis.TimeText(tick, Length)}</text>\n");
        }

        for (var i = 0; i < lines.Count; i++)
            svg.Append($"<path class=\"line c{i + 1}{(lines[i].Dashed ? " dashed" : "")}\" d=\"{Path(lines[i].Values, ticks[^1])}\"/>\n");
        return svg.Append("</svg>").ToString();
    }

    private string Path(double[] values, double highest)
    {
        var path = new StringBuilder();
        var drawing = false;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                drawing = false;
                continue;
            }

            // A bin's value stands for all of it, so it is drawn at the middle.
            var middle = ((i == 0 ? 0 : seconds[i - 1]) + seconds[i]) / 2;
            path.Append(drawing ? 'L' : 'M').Append(N(X(middle))).Append(' ').Append(N(Y(values[i], highest)));
            drawing = true;
        }

        return path.ToString();
    }

    private double X(double at) => Left + (at / Length * PlotWidth);

    private static double Y(double value, double highest) => Top + ((1 - (value / highest)) * PlotHeight);

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
