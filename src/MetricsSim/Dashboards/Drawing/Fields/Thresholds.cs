using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>Colours from values on.</summary>
internal static class Thresholds
{
    /// <summary>The steps with their values, those in percent turned into values.</summary>
    /// <param name="options">A field's options.</param>
    /// <returns>Ascending; the first begins at minus infinity.</returns>
    public static IReadOnlyList<(double From, Paint Paint)> Steps(FieldOptions options)
    {
        var (low, high) = (options.Min ?? 0, options.Max ?? 100);
        var steps = options.Thresholds
            .Select(step => (From: step.Value is not { } value ? double.NegativeInfinity : options.ThresholdsInPercent ? low + (value / 100 * (high - low)) : value, Paint: Paint.Parse(step.Color) ?? Paint.Ink))
            .OrderBy(step => step.From)
            .ToList();
        return steps.Count > 0 && double.IsNegativeInfinity(steps[0].From) ? steps : [(double.NegativeInfinity, new Paint("green")), .. steps];
    }

    /// <summary>The colour of a value.</summary>
    /// <param name="options">A field's options.</param>
    /// <param name="value">The value; NaN has the colour of less important text.</param>
    public static Paint Colour(FieldOptions options, double value) =>
        double.IsNaN(value) ? Paint.Soft : Steps(options).Last(step => value >= step.From || double.IsNegativeInfinity(step.From)).Paint;
}
