using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>A series of a panel with its name and how it looks.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Style">How its values look.</param>
/// <param name="Series">Its labels and samples.</param>
/// <param name="Index">Its place among the panel's.</param>
internal sealed record Field(string Name, FieldStyle Style, PanelSeries Series, int Index)
{
    /// <summary>Its values in order of time.</summary>
    public IReadOnlyList<double> Values { get; } = [.. Series.Samples.Select(sample => sample.Value)];

    /// <summary>Its colour as a whole.</summary>
    public Paint Paint => Style.SeriesColour(Values, Index);

    /// <summary>The fields of a panel.</summary>
    /// <param name="data">The panel with its series.</param>
    public static IReadOnlyList<Field> Of(PanelData data)
    {
        var styles = new FieldStyles(data.Panel, data.To);
        var range = FieldStyle.RangeOf(data.Series.SelectMany(series => series.Samples).Select(sample => sample.Value));
        return [.. data.Series.Select((series, i) =>
        {
            var name = series.Name.Length > 0 ? series.Name : series.Target.RefId;
            var style = styles.Of(name, series.Target.RefId);
            if (style.Options.DisplayName is { Length: > 0 } shown) name = SeriesNames.Displayed(shown, series.Labels, name);
            return new Field(name, style with { Range = range }, series, i);
        })];
    }
}
