using System.Text.Json;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Drawing.Units;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>How the values of one field look: the panel's options with what overrides say of this field.</summary>
internal sealed record FieldStyle
{
    /// <summary>The options.</summary>
    public required FieldOptions Options { get; init; }

    /// <summary>Custom options of overrides, which beat those of <see cref="Options"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Custom { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The least and the largest value of all fields beside each other, where the options fix none.</summary>
    public (double Low, double High) Range { get; init; } = (0, 100);

    /// <summary>The end of what is shown, for times told from now.</summary>
    public double Now { get; init; }

    /// <summary>A custom option.</summary>
    /// <param name="path">Names separated by points, such as <c>hideFrom.viz</c>.</param>
    /// <returns>Undefined where there is none.</returns>
    public JsonElement this[string path]
    {
        get
        {
            if (Custom.TryGetValue(path, out var whole)) return whole;
            var names = path.Split('.');
            return Custom.TryGetValue(names[0], out var part) ? part.At(names.AsSpan(1)) : Options.Custom.At(names);
        }
    }

    /// <summary>A value as it is shown: the text of its mapping, or the number in its unit.</summary>
    /// <param name="value">NaN is no value.</param>
    public DisplayText Text(double value)
    {
        if (ValueMappings.Find(Options.Mappings, value) is { Text.Length: > 0 } mapped) return new("", mapped.Text, "");
        return double.IsNaN(value) ? new("", Options.NoValue.Length > 0 ? Options.NoValue : "–", "") : UnitTable.Text(Options.Unit, value, Options.Decimals, Now);
    }

    /// <summary>The colour that a value gives: of its mapping, else of the field's mode.</summary>
    /// <param name="value">The value.</param>
    /// <param name="index">The field's place among the others.</param>
    /// <param name="usual">The mode where none is configured.</param>
    public Paint Colour(double value, int index, string usual)
    {
        if (ValueMappings.Find(Options.Mappings, value) is { Color.Length: > 0 } mapped && Paint.Parse(mapped.Color) is { } paint) return paint;
        var mode = Options.ColorMode.Length > 0 ? Options.ColorMode : usual;
        return mode switch
        {
            "fixed" or "shades" => Paint.Parse(Options.FixedColor) ?? Paint.Series(index),
            "thresholds" => Thresholds.Colour(Options with { Min = Options.Min ?? Range.Low, Max = Options.Max ?? Range.High }, value),
            _ when mode.StartsWith("continuous-", StringComparison.Ordinal) => ContinuousColours.At(mode, Share(value)),
            _ => Paint.Series(index),
        };
    }

    /// <summary>The colour of a field as a whole.</summary>
    /// <param name="values">Its values; the last counts where its mode looks at values.</param>
    /// <param name="index">Its place among the others.</param>
    public Paint SeriesColour(IReadOnlyList<double> values, int index)
    {
        var mode = Options.ColorMode;
        var byValue = mode == "thresholds" || mode.StartsWith("continuous-", StringComparison.Ordinal);
        return byValue ? Colour(Reducers.Of(Reducers.Usual, values), index, mode) : mode is "fixed" or "shades" ? Paint.Parse(Options.FixedColor) ?? Paint.Series(index) : Paint.Series(index);
    }

    /// <summary>The least and the largest of some values; 0 to 100 if there are none.</summary>
    public static (double Low, double High) RangeOf(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low <= high ? (low, high) : (0, 100);
    }

    private double Share(double value)
    {
        var (low, high) = (Options.Min ?? Range.Low, Options.Max ?? Range.High);
        return high > low ? (value - low) / (high - low) : 0;
    }
}
