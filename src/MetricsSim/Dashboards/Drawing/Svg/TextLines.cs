namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>Breaks text into lines.</summary>
internal static class TextLines
{
    /// <summary>Breaks at blanks, and within words that are too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">px.</param>
    /// <param name="most">Lines at most; the last one ends in an ellipsis if that is not all.</param>
    /// <param name="size">Size of the font, px.</param>
    public static IReadOnlyList<string> Wrap(string text, double width, int most, double size = TextWidth.Usual)
    {
        var lines = new List<string>();
        var words = new Queue<string>(text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        while (words.Count > 0)
        {
            if (lines.Count == most - 1)
            {
                lines.Add(TextWidth.Fit(string.Join(' ', words), width, size));
                break;
            }

            var line = words.Dequeue();
            if (TextWidth.Of(line, size) > width) line = TextWidth.Fit(line, width, size);
            while (words.Count > 0 && TextWidth.Of($"{line} {words.Peek()}", size) <= width) line += $" {words.Dequeue()}";
            lines.Add(line);
        }

        return lines;
    }
}
