using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Drawing;
using MetricsSim.Dashboards.Drawing.Data;

namespace MetricsSim.Cli.Dashboards;

/// <summary>What came of drawing a dashboard.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Title">Its title.</param>
/// <param name="Panels">How many panels were drawn.</param>
/// <param name="Failed">Those with a query that failed, and annotations of which it did.</param>
/// <param name="WithoutData">Titles of those whose queries found nothing.</param>
internal sealed record RenderReport(string Uid, string Title, int Panels, IReadOnlyList<PanelFailure> Failed, IReadOnlyList<string> WithoutData)
{
    /// <summary>Reports of a dashboard.</summary>
    /// <param name="board">The dashboard with its data.</param>
    public static RenderReport Of(BoardData board) => new(
        board.Dashboard.Uid,
        board.Name,
        board.Panels.Count,
        [
            .. board.Panels.Where(panel => panel.Error is not null).Select(panel => new PanelFailure(TitleOf(panel), panel.Error!)),
            .. board.FailedMarks.Select(mark => new PanelFailure($"annotation {Quoting.Plain(mark.Annotation)}", mark.Error)),
        ],
        [.. board.Panels.Where(panel => panel.Error is null && panel.Panel.Targets.Count > 0 && panel.Series.Count == 0).Select(TitleOf)]);

    /// <summary>Lines for people.</summary>
    public string Text()
    {
        var text = new StringBuilder($"{Title}: {Panels} panels");
        if (Failed.Count > 0) text.Append($", {Failed.Count} failed");
        if (WithoutData.Count > 0) text.Append($", {WithoutData.Count} without data");
        text.Append('\n');
        foreach (var panel in Failed) text.Append($"  {panel.Panel}: {panel.Error}\n");
        foreach (var panel in WithoutData) text.Append($"  {panel}: no data\n");
        return text.ToString();
    }

    // Values of variables are in it, in which servers have a say.
    private static string TitleOf(PanelData panel) => Quoting.Plain(panel.Panel.Title);
}

/// <summary>A panel that could not be drawn, or an annotation that could not be marked.</summary>
/// <param name="Panel">Its title.</param>
/// <param name="Error">Why.</param>
internal sealed record PanelFailure(string Panel, string Error);
