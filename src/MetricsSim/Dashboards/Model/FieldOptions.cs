using System.Text.Json;

namespace MetricsSim.Dashboards.Model;

/// <summary>How values of a panel look: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/.</summary>
internal sealed record FieldOptions
{
    /// <summary>The unit as Grafana names it: <c>s</c>, <c>percentunit</c>, <c>currencyUSD</c> …; empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Digits behind the point; null leaves it to the value.</summary>
    public int? Decimals { get; init; }

    /// <summary>Least value of the axis or gauge; null is that of the data.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value of the axis or gauge; null is that of the data.</summary>
    public double? Max { get; init; }

    /// <summary>What is shown where there is no value.</summary>
    public string NoValue { get; init; } = "";

    /// <summary>Name of the field with variables; empty for its own.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>How colours are chosen: <c>palette-classic</c>, <c>thresholds</c>, <c>fixed</c>, <c>continuous-GrYlRd</c> …; empty for the type's own.</summary>
    public string ColorMode { get; init; } = "";

    /// <summary>The colour of mode <c>fixed</c> and <c>shades</c>.</summary>
    public string FixedColor { get; init; } = "";

    /// <summary>Whether thresholds are percent of the way from min to max.</summary>
    public bool ThresholdsInPercent { get; init; }

    /// <summary>Thresholds, ascending; the first, from minus infinity on, has no value.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>Texts and colours of some values.</summary>
    public IReadOnlyList<ValueMapping> Mappings { get; init; } = [];

    /// <summary><c>line</c>, <c>bars</c> or <c>points</c>.</summary>
    public string DrawStyle { get; init; } = "line";

    /// <summary><c>linear</c>, <c>smooth</c>, <c>stepBefore</c> or <c>stepAfter</c>.</summary>
    public string LineInterpolation { get; init; } = "linear";

    /// <summary>Width of lines in pixels.</summary>
    public double LineWidth { get; init; } = 1;

    /// <summary>How much of the area below a line is filled, 0–100.</summary>
    public double FillOpacity { get; init; }

    /// <summary><c>none</c>, <c>normal</c> or <c>percent</c>.</summary>
    public string Stacking { get; init; } = "none";

    /// <summary>Text beside the axis.</summary>
    public string AxisLabel { get; init; } = "";

    /// <summary>How thresholds are drawn: <c>off</c>, <c>line</c>, <c>area</c>, <c>dashed</c> ….</summary>
    public string ThresholdStyle { get; init; } = "off";

    /// <summary>All custom options as the file has them; undefined for none.</summary>
    public JsonElement Custom { get; init; }
}

/// <summary>A colour from a value on.</summary>
/// <param name="Value">The least value; null for minus infinity.</param>
/// <param name="Color">The colour as Grafana names it.</param>
internal sealed record Threshold(double? Value, string Color);

/// <summary>A text and a colour in place of a value.</summary>
/// <param name="Match">Which values.</param>
/// <param name="Value">The value of <see cref="MappingMatch.Value"/>, the pattern of <see cref="MappingMatch.Regex"/>, or <c>null</c>, <c>nan</c>, <c>true</c> … of <see cref="MappingMatch.Special"/>.</param>
/// <param name="From">First value of a range; null for no limit.</param>
/// <param name="To">Last value of a range; null for no limit.</param>
/// <param name="Text">The text; empty for the value itself.</param>
/// <param name="Color">The colour; empty for none.</param>
internal sealed record ValueMapping(MappingMatch Match, string Value, double? From, double? To, string Text, string Color);

/// <summary>Which values a mapping is for.</summary>
internal enum MappingMatch
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>A range of numbers.</summary>
    Range,

    /// <summary>Texts that match a pattern.</summary>
    Regex,

    /// <summary>Null, NaN, true, false, empty.</summary>
    Special,
}

/// <summary>How values of some fields look.</summary>
/// <param name="Matcher">How the fields are chosen: <c>byName</c>, <c>byRegexp</c>, <c>byFrameRefID</c> ….</param>
/// <param name="Match">What chooses them; undefined where the file has nothing.</param>
/// <param name="Properties">Names such as <c>unit</c> or <c>custom.fillOpacity</c>, and their values.</param>
internal sealed record FieldOverride(string Matcher, JsonElement Match, IReadOnlyList<(string Id, JsonElement Value)> Properties);
