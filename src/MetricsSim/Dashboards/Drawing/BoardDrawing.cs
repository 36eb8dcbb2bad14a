using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Panels;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing;

/// <summary>A stripe of a dashboard that no panel reaches out of.</summary>
/// <param name="Y">Its upper edge in the dashboard, px.</param>
/// <param name="Height">Its height, px.</param>
/// <param name="Content">What is drawn in it, by the dashboard's coordinates.</param>
internal sealed record BoardBand(double Y, double Height, string Content);

/// <summary>Draws a dashboard's panels where its grid has them.</summary>
internal sealed class BoardDrawing
{
    /// <summary>Width of the 24 columns, px.</summary>
    public const double Width = 960;

    // Rows of the grid as Grafana has them.
    private const double Row = 38;
    private const double Gap = 8;

    private readonly List<BoardBand> _bands = [];
    private readonly SortedSet<(char Kind, string Key)> _paints = [];

    private BoardDrawing()
    {
    }

    /// <summary>From above downwards.</summary>
    public IReadOnlyList<BoardBand> Bands => _bands;

    /// <summary>The colours that were used: <c>f</c> to fill, <c>s</c> to stroke.</summary>
    public IReadOnlyCollection<(char Kind, string Key)> Paints => _paints;

    /// <summary>Its height, px.</summary>
    public double Height => _bands.Count == 0 ? 0 : _bands[^1].Y + _bands[^1].Height;

    /// <summary>Draws a dashboard.</summary>
    /// <param name="board">The dashboard.</param>
    public static BoardDrawing Of(BoardData board)
    {
        var drawing = new BoardDrawing();
        drawing.AddKey(board);
        var items = board.Panels.Select(panel => Item.Of(panel.Panel.Grid, (canvas, box) => PanelFrame.Draw(canvas, panel, box))).Concat(Heads(board.Panels)).OrderBy(item => item.Top).ThenBy(item => item.Box.X).ToList();
        for (var i = 0; i < items.Count;)
        {
            var (top, bottom) = (items[i].Top, items[i].Bottom);
            var first = i;
            for (; i < items.Count && items[i].Top < bottom; i++) bottom = Math.Max(bottom, items[i].Bottom);
            drawing.Add(items[first..i], top, bottom);
        }

        return drawing;
    }

    /// <summary>The titles of rows, which stand over their first panels.</summary>
    private static IEnumerable<Item> Heads(IReadOnlyList<PanelData> panels) => panels
        .Where(panel => panel.Panel.Row is { Length: > 0 })
        .GroupBy(panel => panel.Panel.Row!, StringComparer.Ordinal)
        .Select(row => Item.Of(new GridPlace(0, Math.Max(0, row.Min(panel => panel.Panel.Grid.Y) - 1), GridPlace.Columns, 1), (canvas, box) =>
            canvas.Text(box.X + 2, box.Bottom - 8, TextWidth.Fit(row.Key, box.Width, 14, bold: true), "b", size: 14)))
        // So that on paper a title is never the last of a page.
        .Select(head => head with { Bottom = head.Bottom + 1 });

    /// <summary>What the marks in the plots are, where there are any.</summary>
    private void AddKey(BoardData board)
    {
        const double KeyHeight = 22;
        var kinds = board.Panels.SelectMany(panel => panel.Marks).DistinctBy(mark => mark.Kind, StringComparer.Ordinal).OrderBy(mark => mark.Kind, StringComparer.Ordinal).ToList();
        if (kinds.Count == 0) return;
        var canvas = new SvgCanvas();
        var x = 2.0;
        foreach (var mark in kinds)
        {
            canvas.Fill($"M{SvgCanvas.Number(x)} 10h8l-4 -6z", mark.Paint);
            canvas.Text(x + 12, 11, mark.Kind, "o", size: TextWidth.Small);
            x += 26 + TextWidth.Of(mark.Kind, TextWidth.Small);
        }

        _bands.Add(new(0, KeyHeight, canvas.ToString()));
        _paints.UnionWith(canvas.Paints);
    }

    private void Add(IReadOnlyList<Item> items, int top, int bottom)
    {
        var canvas = new SvgCanvas();
        // Bands follow each other without the holes that a grid may have between them.
        var y = Height;
        foreach (var item in items) item.Draw(canvas, item.Box with { Y = item.Box.Y - (top * Row) + y });
        _bands.Add(new(y, (bottom - top) * Row, canvas.ToString()));
        _paints.UnionWith(canvas.Paints);
    }

    private sealed record Item(int Top, int Bottom, Box Box, Action<SvgCanvas, Box> Draw)
    {
        public static Item Of(GridPlace grid, Action<SvgCanvas, Box> draw)
        {
            var column = (Width + Gap) / GridPlace.Columns;
            return new(grid.Y, grid.Y + grid.H, new(grid.X * column, grid.Y * Row, (grid.W * column) - Gap, (grid.H * Row) - Gap), draw);
        }
    }
}
