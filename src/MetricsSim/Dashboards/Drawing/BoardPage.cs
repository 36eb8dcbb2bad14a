using System.Text;
using MetricsSim.Exposition;
using MetricsSim.Reports;

namespace MetricsSim.Dashboards.Drawing;

/// <summary>Dashboards as one self-contained HTML page. It loads nothing and runs nothing.</summary>
internal static class BoardPage
{
    private const string Style = """
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1.25rem;max-width:78rem;background:var(--page);color:var(--ink);font:15px/1.5 Helvetica,Arial,"Liberation Sans",sans-serif}
        h1{font-size:1.4rem;margin:0}p{margin:.2rem 0;max-width:60rem}.soft{color:var(--soft);font-size:.9rem}a{color:inherit}
        nav{margin:0 0 1.5rem}nav ul{margin:.4rem 0;padding:0;list-style:none;columns:18rem auto}section{margin:0 0 2.5rem}section svg{display:block;width:100%;height:auto;break-inside:avoid}
        @media print{body{padding:0;max-width:none}section+section{break-before:page}h1,h1~p{break-after:avoid}}
        """;

    /// <summary>Writes dashboards.</summary>
    /// <param name="boards">The dashboards, a section each.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Of(IReadOnlyList<BoardData> boards)
    {
        var drawings = boards.Select(BoardDrawing.Of).ToList();
        var style = BoardStyle.Of([.. drawings.SelectMany(drawing => drawing.Paints).Distinct().Order()]) + Style;
        var page = HtmlPage.Begin(boards.Count == 1 ? boards[0].Name : $"{boards.Count} dashboards", style);
        if (boards.Count > 1) Contents(page, boards);
        for (var i = 0; i < boards.Count; i++) Section(page, boards[i], drawings[i], i);
        page.Append($"<p class=\"soft\">Drawn by metricssim {HtmlText.Escape(BuildVersion.Text)} from what a Prometheus answered; not Grafana's own picture.</p>\n");
        return HtmlPage.End(page);
    }

    private static void Contents(StringBuilder page, IReadOnlyList<BoardData> boards)
    {
        page.Append("<nav>\n<ul>\n");
        for (var i = 0; i < boards.Count; i++) page.Append($"<li><a href=\"#d{i + 1}\">{HtmlText.Escape(boards[i].Name)}</a></li>\n");
        page.Append("</ul>\n</nav>\n");
    }

    private static void Section(StringBuilder page, BoardData board, BoardDrawing drawing, int index)
    {
        page.Append($"<section id=\"d{index + 1}\">\n<h1>{HtmlText.Escape(board.Name)}</h1>\n");
        if (board.Dashboard.Description.Length > 0) page.Append($"<p>{HtmlText.Escape(board.Dashboard.Description)}</p>\n");
        var choices = string.Concat(board.Choices.Select(choice => $" · {choice.Name}: {choice.Value}"));
        page.Append($"<p class=\"soft\">{HtmlText.Escape(board.Range + choices)}</p>\n");
        foreach (var band in drawing.Bands)
            page.Append($"<svg viewBox=\"-1 {band.Y} {BoardDrawing.Width + 2} {band.Height}\" role=\"img\" aria-label=\"{HtmlText.Escape(board.Name)}\">\n{band.Content}</svg>\n");
        page.Append("</section>\n");
    }
}
