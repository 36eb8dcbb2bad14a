using System.Text;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing;

/// <summary>The style of drawings: follows the reader's light or dark scheme, and is light on paper.</summary>
internal static class BoardStyle
{
    private const string Light = "--ink:#1c2330;--soft:#5b6577;--rule:#d5dae2;--grid:#e8ebf0;--page:#f3f5f8;--card:#fff;--edge:#dfe3ea;--track:#e6e9ee;--on:#fff";
    private const string Dark = "--ink:#e6eaf0;--soft:#9aa5b5;--rule:#3a4453;--grid:#262e3a;--page:#0f1319;--card:#171d26;--edge:#262e3a;--track:#2a323f;--on:#10141b";

    private const string Shapes = """
        svg{font:12px Helvetica,Arial,"Liberation Sans",sans-serif}
        text{fill:var(--ink)}.o{fill:var(--soft)}.on{fill:var(--on)}.m{text-anchor:middle}.e{text-anchor:end}.b{font-weight:bold}.i{font-style:italic}
        .k{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:11px}
        .page{fill:var(--page)}.card{fill:var(--card);stroke:var(--edge)}.track{fill:var(--track)}.slice{stroke:var(--card);stroke-width:1.5;fill-rule:evenodd}
        .g{stroke:var(--grid);fill:none}.r{stroke:var(--rule);fill:none}.l{fill:none;stroke-linejoin:round;stroke-linecap:round}.d{stroke-dasharray:4 4;stroke-linecap:butt}
        """;

    /// <summary>Writes the style for drawings.</summary>
    /// <param name="paints">The colours that they use: <c>f</c> to fill, <c>s</c> to stroke.</param>
    public static string Of(IReadOnlyCollection<(char Kind, string Key)> paints)
    {
        var named = paints.Select(paint => paint.Key).Where(key => key is not ("ink" or "soft" or "none")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        string Variables(Func<(string Light, string Dark), string> scheme) => string.Concat(named.Select(key => $";--{key}:{scheme(Palette.Of(key))}"));
        var (light, dark) = (Light + Variables(pair => pair.Light), Dark + Variables(pair => pair.Dark));
        var style = new StringBuilder();
        style.Append($":root{{color-scheme:light dark;{light}}}\n");
        style.Append($"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n");
        style.Append($"@media print{{:root{{color-scheme:light;{light}}}*{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}}}\n");
        style.Append(Shapes).Append('\n');
        foreach (var (kind, key) in paints) style.Append($".{kind}-{key}{{{(kind == 'f' ? "fill" : "stroke")}:{(key == "none" ? "none" : $"var(--{key})")}}}");
        return style.Append('\n').ToString();
    }
}
