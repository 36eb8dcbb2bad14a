using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>A field reduced to one value, as stats, gauges, bars and pies show it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The value; NaN is none.</param>
internal sealed record FieldValue(Field Field, double Value)
{
    /// <summary>The value as it is shown.</summary>
    public Units.DisplayText Text => Field.Style.Text(Value);

    /// <summary>The value's colour.</summary>
    /// <param name="mode">The mode where the dashboard has none.</param>
    public Paint Colour(string mode = "thresholds") => Field.Style.Colour(Value, Field.Index, mode);

    /// <summary>Reduces the fields of a panel as its options say.</summary>
    public static IReadOnlyList<FieldValue> Of(PanelData data)
    {
        var calc = data.Panel.Options.At("reduceOptions", "calcs").AsTexts() is [var first, ..] ? first : Reducers.Usual;
        return [.. Field.Of(data).Where(field => field.Style["hideFrom.viz"].AsFlag() != true).Select(field => new FieldValue(field, Reducers.Of(calc, field.Values)))];
    }

    /// <summary>What a gauge or bar spans: as configured, else from zero to the largest value of all.</summary>
    /// <param name="all">The readings that are compared.</param>
    /// <param name="usual">The largest value where nothing is configured; null for that of the data.</param>
    public (double Low, double High) Span(IReadOnlyList<FieldValue> all, double? usual = null)
    {
        var values = all.Select(reading => reading.Value).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var low = Field.Style.Options.Min ?? Math.Min(0, usual is null ? values.Min() : 0);
        var high = Field.Style.Options.Max ?? usual ?? Math.Max(0, values.Max());
        return (low, high > low ? high : low + 1);
    }

    /// <summary>Where the value is between two others, 0–1.</summary>
    public double Share((double Low, double High) span) => double.IsNaN(Value) ? 0 : Math.Clamp((Value - span.Low) / (span.High - span.Low), 0, 1);
}
