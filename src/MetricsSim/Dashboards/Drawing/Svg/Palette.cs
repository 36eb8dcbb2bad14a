using System.Globalization;

namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>
/// What colours look like in the light and in the dark scheme. The series' colours differ in lightness as well as in hue, so that neighbours
/// stay apart for readers who don't see all hues; the heatmap's scale goes from the page towards the ink.
/// </summary>
internal static class Palette
{
    private static readonly string[] SeriesLight =
        ["#2a6fdb", "#d9730d", "#12805c", "#a43ba8", "#8f7000", "#0e91b5", "#c2334d", "#5d7f14", "#5746b8", "#8a5a44", "#d4568a", "#5f6b7a"];

    private static readonly string[] SeriesDark =
        ["#5b9dff", "#f5a04c", "#35c495", "#d982dc", "#e2c03f", "#4fc9ea", "#ff7383", "#a5cc52", "#a393ff", "#cda28c", "#ff9cc4", "#9fabbb"];

    private static readonly string[] HeatLight = ["#e3eefa", "#c7ddf4", "#a5c9ec", "#7fb2e2", "#5b98d6", "#3d7cc6", "#2a61ae", "#1d478f", "#12306b"];

    private static readonly string[] HeatDark = ["#16263b", "#18365c", "#1b4880", "#1f5ea8", "#2f7ac9", "#4d98de", "#79b6ea", "#aad3f3", "#ddeefb"];

    private static readonly Dictionary<string, (string Light, string Dark)> Hues = new(StringComparer.Ordinal)
    {
        ["green"] = ("#1a7f37", "#4cc26a"),
        ["yellow"] = ("#b08800", "#e8c547"),
        ["orange"] = ("#d9730d", "#f5a04c"),
        ["red"] = ("#cf222e", "#ff6b6f"),
        ["blue"] = ("#2a6fdb", "#5b9dff"),
        ["purple"] = ("#8250df", "#bc8cff"),
    };

    // Towards white or black, as shares.
    private static readonly Dictionary<string, double> Shades = new(StringComparer.Ordinal)
    {
        ["super-light-"] = 0.5,
        ["light-"] = 0.25,
        [""] = 0,
        ["semi-dark-"] = -0.15,
        ["dark-"] = -0.3,
    };

    /// <summary>Whether a name is one of the palette's hues in one of its shades.</summary>
    public static bool Knows(string name) => Hue(name) is not null;

    /// <summary>A colour in both schemes.</summary>
    /// <param name="key">Of a <see cref="Paint"/>.</param>
    /// <returns>Hexadecimal colours, or a variable of the style.</returns>
    public static (string Light, string Dark) Of(string key)
    {
        if (key is "ink" or "soft") return ($"var(--{key})", $"var(--{key})");
        if (key[0] == 'x') return ("#" + key[1..], "#" + key[1..]);
        if (key[0] == 'c' && Index(key) is { } series) return (SeriesLight[series], SeriesDark[series]);
        if (key[0] == 'h' && Index(key) is { } step) return (HeatLight[step - 1], HeatDark[step - 1]);
        var (light, dark, shade) = Hue(key) ?? throw new ArgumentOutOfRangeException(nameof(key), key, "Not a colour.");
        return (Mix(light, shade), Mix(dark, shade));
    }

    private static int? Index(string key) => int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static (string Light, string Dark, double Shade)? Hue(string name)
    {
        foreach (var (hue, (light, dark)) in Hues)
        {
            if (name.EndsWith(hue, StringComparison.Ordinal) && Shades.TryGetValue(name[..^hue.Length], out var shade)) return (light, dark, shade);
        }

        return null;
    }

    private static string Mix(string colour, double shade)
    {
        var end = shade > 0 ? 255 : 0;
        var parts = Enumerable.Range(0, 3)
            .Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Select(part => (int)Math.Round(part + ((end - part) * Math.Abs(shade))));
        return "#" + string.Concat(parts.Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
