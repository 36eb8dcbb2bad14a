using System.Text;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Reports;

namespace MetricsSim.Dashboards.Drawing;

/// <summary>A dashboard as one SVG file with its own style. It loads nothing and runs nothing.</summary>
internal static class BoardSvg
{
    private const double Margin = 12;
    private const double Head = 44;

    /// <summary>Writes a dashboard.</summary>
    /// <param name="board">The dashboard.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Of(BoardData board)
    {
        var drawing = BoardDrawing.Of(board);
        var head = new SvgCanvas();
        var range = TextWidth.Of(board.Range);
        head.Text(0, -22, TextWidth.Fit(board.Name, BoardDrawing.Width - range - 20, 17, bold: true), "b", size: 17);
        head.Text(BoardDrawing.Width, -22, board.Range, "e o");
        var (width, height) = (BoardDrawing.Width + (2 * Margin), drawing.Height + Head + Margin);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{-Margin} {-Head} {width} {height}\" role=\"img\">\n");
        svg.Append($"<title>{HtmlText.Escape(board.Name)}</title>\n<style>\n{BoardStyle.Of(drawing.Paints)}</style>\n");
        svg.Append($"<rect class=\"page\" x=\"{-Margin}\" y=\"{-Head}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>\n").Append(head);
        foreach (var band in drawing.Bands) svg.Append(band.Content);
        return svg.Append("</svg>\n").ToString();
    }
}
