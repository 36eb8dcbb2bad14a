using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Cuts a panel into cells for several values.</summary>
internal static class CellGrid
{
    private const double Gap = 8;

    /// <summary>As many cells as there are values, or as fit.</summary>
    /// <param name="box">The panel's inside.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="shape">Width by height that cells are best.</param>
    /// <param name="leastWidth">Narrower cells tell nothing.</param>
    /// <param name="leastHeight">Nor do lower ones.</param>
    public static IReadOnlyList<Box> For(Box box, int count, double shape, double leastWidth, double leastHeight)
    {
        if (count == 0) return [];
        var most = Math.Max(1, (int)((box.Width + Gap) / (leastWidth + Gap))) * Math.Max(1, (int)((box.Height + Gap) / (leastHeight + Gap)));
        var shown = Math.Min(count, most);
        var best = Enumerable.Range(1, shown)
            .Select(columns => (Columns: columns, Rows: (shown + columns - 1) / columns))
            .OrderBy(grid => Misfit(box, grid.Columns, grid.Rows, shape, leastWidth, leastHeight) + (0.3 * ((grid.Columns * grid.Rows) - shown)))
            .First();
        return [.. box.Cells(best.Columns, best.Rows, Gap).Take(shown)];
    }

    /// <summary>Says that there are more values than cells.</summary>
    public static void More(SvgCanvas canvas, Box box, int left)
    {
        if (left > 0) canvas.Text(box.Right, box.Bottom + 6, $"+ {left} more", "e o", size: TextWidth.Small);
    }

    private static double Misfit(Box box, int columns, int rows, double shape, double leastWidth, double leastHeight)
    {
        var (width, height) = ((box.Width - (Gap * (columns - 1))) / columns, (box.Height - (Gap * (rows - 1))) / rows);
        if (width <= 0 || height <= 0) return double.MaxValue;
        var small = (width < leastWidth ? 10 : 0) + (height < leastHeight ? 10 : 0);
        return small + Math.Abs(Math.Log(width / height / shape));
    }
}
