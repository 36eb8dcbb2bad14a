using System.Globalization;
using System.Text;
using MetricsSim.Dashboards.Drawing.Units;
using MetricsSim.Reports;

namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>Takes shapes and text, and writes them as SVG. What it is given as text is escaped; colours go by classes of the style.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder _text = new();
    private readonly SortedSet<(char Kind, string Key)> _paints = [];

    /// <summary>The colours that were used: <c>f</c> to fill, <c>s</c> to stroke.</summary>
    public IReadOnlyCollection<(char Kind, string Key)> Paints => _paints;

    /// <summary>A coordinate with a tenth of a pixel.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("0.#", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Begins a group.</summary>
    /// <param name="title">For readers who don't see it, and who point at it.</param>
    public void Begin(string title) => _text.Append($"<g>{Title(title)}\n");

    /// <summary>Ends the group.</summary>
    public void End() => _text.Append("</g>\n");

    /// <summary>A rectangle.</summary>
    public void Rect(Box box, string classes, Paint? fill = null, double radius = 0, double opacity = 1, string? title = null)
    {
        _text.Append($"<rect{Classes(classes, fill, null)} x=\"{Number(box.X)}\" y=\"{Number(box.Y)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\"");
        if (radius > 0) _text.Append($" rx=\"{Number(radius)}\"");
        Close("rect", "fill-opacity", opacity, title);
    }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string classes, Paint? stroke = null)
    {
        _text.Append($"<path{Classes(classes, null, stroke)} d=\"M{Number(x1)} {Number(y1)}");
        _text.Append(y1 == y2 ? $"H{Number(x2)}" : x1 == x2 ? $"V{Number(y2)}" : $"L{Number(x2)} {Number(y2)}").Append("\"/>\n");
    }

    /// <summary>A path that is only stroked.</summary>
    public void Stroke(string path, Paint stroke, double width, bool dashed = false, string? title = null)
    {
        if (path.Length == 0) return;
        _text.Append($"<path{Classes(dashed ? "l d" : "l", null, stroke)} d=\"{path}\" stroke-width=\"{Number(width)}\"");
        Close("path", "stroke-opacity", 1, title);
    }

    /// <summary>A path that is only filled.</summary>
    public void Fill(string path, Paint fill, double opacity = 1, string? title = null)
    {
        if (path.Length == 0) return;
        _text.Append($"<path{Classes("", fill, null)} d=\"{path}\"");
        Close("path", "fill-opacity", opacity, title);
    }

    /// <summary>A line of text.</summary>
    /// <param name="x">Where it begins, or its middle or end, by its class.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="classes">Classes of the style: <c>m</c> is centred, <c>e</c> ends at x, <c>b</c> is bold, <c>o</c> is soft, <c>k</c> is code.</param>
    /// <param name="fill">Its colour; null for that of its classes.</param>
    /// <param name="size">px.</param>
    public void Text(double x, double y, string text, string classes = "", Paint? fill = null, double size = TextWidth.Usual)
    {
        if (text.Length == 0) return;
        _text.Append($"<text{Classes(classes, fill, null)} x=\"{Number(x)}\" y=\"{Number(y)}\"");
        if (size != TextWidth.Usual) _text.Append($" font-size=\"{Number(size)}\"");
        _text.Append($">{HtmlText.Escape(text)}</text>\n");
    }

    /// <summary>A shape by classes of the style.</summary>
    public void Area(string path, string classes, Paint? fill = null, string? title = null)
    {
        _text.Append($"<path{Classes(classes, fill, null)} d=\"{path}\"");
        Close("path", "fill-opacity", 1, title);
    }

    /// <summary>A line of soft text, centred, that is read from below upwards.</summary>
    public void Sideways(double x, double y, string text, double size)
    {
        if (text.Length > 0) _text.Append($"<text class=\"m o\" font-size=\"{Number(size)}\" transform=\"translate({Number(x)} {Number(y)}) rotate(-90)\">{HtmlText.Escape(text)}</text>\n");
    }

    /// <summary>A value with its unit somewhat smaller, as <see cref="Text"/>.</summary>
    public void Value(double x, double y, DisplayText value, string classes, Paint? fill, double size)
    {
        _text.Append($"<text{Classes(classes, fill, null)} x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(size)}\">{HtmlText.Escape(value.Prefix + value.Number)}");
        if (value.Suffix.Length > 0) _text.Append($"<tspan font-size=\"{Number(size * 0.68)}\">{HtmlText.Escape(value.Suffix)}</tspan>");
        _text.Append("</text>\n");
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private static string Title(string? title) => string.IsNullOrEmpty(title) ? "" : $"<title>{HtmlText.Escape(title)}</title>";

    private void Close(string element, string opacityName, double opacity, string? title)
    {
        if (opacity < 1) _text.Append($" {opacityName}=\"{opacity.ToString("0.##", CultureInfo.InvariantCulture)}\"");
        _text.Append(string.IsNullOrEmpty(title) ? "/>\n" : $">{Title(title)}</{element}>\n");
    }

    private string Classes(string classes, Paint? fill, Paint? stroke)
    {
        classes = Join(Join(classes, 'f', fill), 's', stroke);
        return classes.Length == 0 ? "" : $" class=\"{classes}\"";
    }

    private string Join(string classes, char kind, Paint? paint)
    {
        if (paint is not { } used) return classes;
        _paints.Add((kind, used.Key));
        return classes.Length == 0 ? $"{kind}-{used.Key}" : $"{classes} {kind}-{used.Key}";
    }
}
