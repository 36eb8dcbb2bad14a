using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Data;

/// <summary>Makes marks of what an annotation's query gave: a stretch for as long as it is above 0.</summary>
internal static class AnnotationMarks
{
    /// <summary>Makes marks.</summary>
    /// <param name="annotation">The annotation.</param>
    /// <param name="series">A series of its query.</param>
    public static IEnumerable<TimeMark> Of(DashboardAnnotation annotation, PanelSeries series)
    {
        var text = Text(annotation, series);
        (double From, double To)? open = null;
        foreach (var sample in series.Samples.Where(sample => sample.Value > 0))
        {
            if (open is { } stretch && sample.Time - stretch.To > series.Step * 1.5)
            {
                yield return new(stretch.From, stretch.To, annotation.Name, text, annotation.Color);
                open = null;
            }

            open = (open?.From ?? sample.Time, sample.Time);
        }

        if (open is { } last) yield return new(last.From, last.To, annotation.Name, text, annotation.Color);
    }

    private static string Text(DashboardAnnotation annotation, PanelSeries series)
    {
        var parts = new[] { annotation.TitleFormat, annotation.TextFormat }.Where(format => format.Length > 0).Select(format => SeriesNames.Of(format, series.Labels, ""));
        return string.Join(": ", parts.Where(part => part.Length > 0).DefaultIfEmpty(annotation.Name));
    }
}
