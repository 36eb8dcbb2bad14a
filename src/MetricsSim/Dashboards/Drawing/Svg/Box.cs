namespace MetricsSim.Dashboards.Drawing.Svg;

/// <summary>A rectangle of a drawing, in px; y grows downwards.</summary>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">At least 0.</param>
/// <param name="Height">At least 0.</param>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>The right edge.</summary>
    public double Right => X + Width;

    /// <summary>The lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>The middle between left and right.</summary>
    public double CenterX => X + (Width / 2);

    /// <summary>The middle between above and below.</summary>
    public double CenterY => Y + (Height / 2);

    /// <summary>The box without margins.</summary>
    public Box Without(double left = 0, double top = 0, double right = 0, double bottom = 0) =>
        new(X + left, Y + top, Math.Max(0, Width - left - right), Math.Max(0, Height - top - bottom));

    /// <summary>Cuts the box into equal cells, row by row.</summary>
    /// <param name="columns">Cells in a row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="gap">Space between cells.</param>
    public IReadOnlyList<Box> Cells(int columns, int rows, double gap)
    {
        var (x, y) = (X, Y);
        var width = (Width - (gap * (columns - 1))) / columns;
        var height = (Height - (gap * (rows - 1))) / rows;
        return
        [
            .. Enumerable.Range(0, columns * rows)
                .Select(i => new Box(x + (i % columns * (width + gap)), y + (i / columns * (height + gap)), Math.Max(0, width), Math.Max(0, height))),
        ];
    }
}
