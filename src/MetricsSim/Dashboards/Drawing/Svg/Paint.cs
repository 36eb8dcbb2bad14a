using System.Globalization;

namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>A colour of a drawing, by a name that the style gives a value for the light and for the dark scheme.</summary>
/// <param name="Key">Letters, digits and hyphens.</param>
internal readonly record struct Paint(string Key)
{
    /// <summary>How many colours series have before they come round again.</summary>
    public const int SeriesColours = 12;

    /// <summary>How many steps a heatmap's scale has.</summary>
    public const int HeatSteps = 9;

    /// <summary>The colour of text.</summary>
    public static Paint Ink { get; } = new("ink");

    /// <summary>The colour of less important text.</summary>
    public static Paint Soft { get; } = new("soft");

    /// <summary>The colour of the n-th series.</summary>
    public static Paint Series(int index) => new("c" + (index % SeriesColours).ToString(CultureInfo.InvariantCulture));

    /// <summary>A step of a heatmap's scale, from 1 to <see cref="HeatSteps"/>.</summary>
    public static Paint Heat(int step) => new("h" + Math.Clamp(step, 1, HeatSteps).ToString(CultureInfo.InvariantCulture));

    /// <summary>A colour as dashboards write it.</summary>
    /// <param name="text">A name such as <c>semi-dark-orange</c>, or <c>#f2495c</c>, or <c>rgb(242, 73, 92)</c>.</param>
    /// <returns>The colour, or null if it isn't one.</returns>
    public static Paint? Parse(string? text)
    {
        text = text?.Trim().ToLowerInvariant() ?? "";
        if (text is "text" or "white" or "black") return Ink;
        if (text is "gray" or "grey") return Soft;
        if (text == "transparent") return new Paint("none");
        if (Palette.Knows(text)) return new Paint(text);
        if (text.StartsWith("rgb", StringComparison.Ordinal)) return Rgb(text);
        if (text.Length < 4 || text[0] != '#' || !text.Skip(1).All(char.IsAsciiHexDigit)) return null;
        return text.Length switch
        {
            4 or 5 => new Paint($"x{text[1]}{text[1]}{text[2]}{text[2]}{text[3]}{text[3]}"),
            7 or 9 => new Paint("x" + text[1..7]),
            _ => null,
        };
    }

    private static Paint? Rgb(string text)
    {
        var numbers = text.Split('(', 2)[^1].TrimEnd(')').Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length < 3) return null;
        var key = "x";
        foreach (var number in numbers.Take(3))
        {
            if (!byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part)) return null;
            key += part.ToString("x2", CultureInfo.InvariantCulture);
        }

        return new Paint(key);
    }
}
