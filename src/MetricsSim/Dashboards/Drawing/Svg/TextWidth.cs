namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>
/// How wide text will be: a drawing has no one to ask. Widths are those of Helvetica, which Arial and Liberation Sans share, from the
/// font's metrics; the style names these fonts first.
/// </summary>
internal static class TextWidth
{
    /// <summary>The size of ordinary text, px.</summary>
    public const double Usual = 12;

    /// <summary>The size of small text, px.</summary>
    public const double Small = 11;

    // A reader's other font may be a little wider.
    private const double Reserve = 1.03;

    // The characters from blank to tilde, in thousandths of the size.
    private static readonly short[] Regular =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] Bold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
        611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>Measures a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="size">Size of the font, px.</param>
    /// <param name="bold">Whether it is bold.</param>
    /// <returns>px, rather too many than too few.</returns>
    public static double Of(string text, double size = Usual, bool bold = false)
    {
        var widths = bold ? Bold : Regular;
        var sum = 0;
        foreach (var c in text)
        {
            // Half of a pair is half as wide as a wide character; scripts of the East are square.
            sum += c is >= ' ' and <= '~' ? widths[c - ' '] : char.IsSurrogate(c) ? 500 : c >= 0x2e80 ? 1000 : 600;
        }

        return sum * size * Reserve / 1000;
    }

    /// <summary>Cuts a line to a width, with an ellipsis where it is cut.</summary>
    /// <param name="text">The line.</param>
    /// <param name="width">px.</param>
    /// <param name="size">Size of the font, px.</param>
    /// <param name="bold">Whether it is bold.</param>
    /// <returns>The line, a part of it, or nothing.</returns>
    public static string Fit(string text, double width, double size = Usual, bool bold = false)
    {
        if (Of(text, size, bold) <= width) return text;
        var length = Math.Min(text.Length, (int)Math.Max(0, width / (size * 0.2)));
        while (length > 0 && (Of(text[..length] + "…", size, bold) > width || char.IsHighSurrogate(text[length - 1]))) length--;
        return length == 0 ? "" : text[..length].TrimEnd() + "…";
    }

    /// <summary>Cuts a line to a width in its middle, for names that differ at their ends.</summary>
    /// <param name="text">The line.</param>
    /// <param name="width">px.</param>
    /// <returns>The line, or its ends with an ellipsis between them, more of the second; or nothing.</returns>
    public static string FitEnds(string text, double width)
    {
        if (Of(text) <= width) return text;
        for (var kept = Math.Min(text.Length - 1, (int)Math.Max(0, width / (Usual * 0.2))); kept > 0; kept--)
        {
            var cut = $"{text[..(kept / 3)]}…{text[(text.Length - kept + (kept / 3))..]}";
            if (Of(cut) <= width) return cut;
        }

        return "";
    }

    /// <summary>The largest size at which a line fits.</summary>
    /// <param name="text">The line.</param>
    /// <param name="width">px.</param>
    /// <param name="least">Not smaller than this, even if it doesn't fit.</param>
    /// <param name="most">Not larger than this, if that is not too small.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static double Size(string text, double width, double least, double most, bool bold = false) =>
        Math.Floor(Math.Max(least, Math.Min(most, width / Math.Max(0.01, Of(text, 1, bold)))));
}
