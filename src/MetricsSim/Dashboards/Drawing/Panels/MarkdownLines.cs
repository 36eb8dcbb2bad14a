using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Breaks words into lines.</summary>
internal static class MarkdownLines
{
    // A character of the monospaced font by its size.
    private const double Monospaced = 0.62;

    /// <summary>Breaks words into lines.</summary>
    /// <param name="words">The words.</param>
    /// <param name="width">px.</param>
    /// <param name="size">Size of the font, px.</param>
    /// <param name="bold">Whether all of it is bold.</param>
    public static IReadOnlyList<IReadOnlyList<MarkdownWord>> Wrap(IReadOnlyList<MarkdownWord> words, double width, double size, bool bold)
    {
        var lines = new List<IReadOnlyList<MarkdownWord>>();
        var line = new List<MarkdownWord>();
        var used = 0.0;
        foreach (var word in words)
        {
            var needed = Width(word.Text, word.Style, size, bold);
            if (line.Count > 0 && used + needed > width)
            {
                lines.Add(line);
                (line, used) = ([], 0);
            }

            line.Add(needed > width ? word with { Text = TextWidth.Fit(word.Text, width, size, bold: true) } : word);
            used += needed + Blank(size);
        }

        if (line.Count > 0) lines.Add(line);
        return lines;
    }

    /// <summary>The width of a piece of text.</summary>
    public static double Width(string text, WordStyle style, double size, bool bold) =>
        style == WordStyle.Code ? text.Length * size * Monospaced : TextWidth.Of(text, size, bold || style == WordStyle.Bold);

    /// <summary>The width of a blank.</summary>
    public static double Blank(double size) => size * 0.28;
}
