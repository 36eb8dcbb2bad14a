using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Fields;
using MetricsSim.Dashboards.Drawing.Svg;
using MetricsSim.Dashboards.Drawing.Tables;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>table</c>, as many rows as fit.</summary>
internal static class TablePanel
{
    private const double Row = 23;
    private const double Padding = 8;
    private const double WidestText = 280;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        var unknown = new List<string>();
        var frame = Transformations.Apply(SeriesFrames.Of(data), data.Panel.Transformations, unknown) is [var first, ..] ? first : new([], []);
        if (data.Panel.Options.At("sortBy").AsList() is [var sort, ..]) frame = frame.Sorted(sort.At("displayName").AsText() ?? "", sort.At("desc").AsFlag() == true);
        if (unknown.Count > 0)
        {
            canvas.Text(box.X, box.Bottom, TextWidth.Fit($"without the transformation {string.Join(", ", unknown)}", box.Width, TextWidth.Small), "o", size: TextWidth.Small);
            box = box.Without(bottom: 16);
        }

        if (frame.Columns.Count == 0) return;
        var styles = new FieldStyles(data.Panel, data.To);
        var columns = frame.Columns.Select((column, i) => new Column(frame, i, styles)).Where(column => column.Style["hidden"].AsFlag() != true).ToList();
        Place(columns, box);
        var room = Math.Max(1, (int)((box.Height - Row) / Row));
        var shown = frame.Rows.Count <= room ? frame.Rows.Count : room - 1;
        foreach (var column in columns) column.Head(canvas, box.Y);
        canvas.Line(box.X, box.Y + Row - 2, box.Right, box.Y + Row - 2, "r");
        for (var i = 0; i < shown; i++)
        {
            var y = box.Y + ((i + 1) * Row);
            foreach (var column in columns) column.Cell(canvas, i, y);
            if (i + 1 < frame.Rows.Count) canvas.Line(box.X, y + Row - 2, box.Right, y + Row - 2, "g");
        }

        if (shown < frame.Rows.Count) canvas.Text(box.X + Padding, box.Y + ((shown + 1) * Row) + 14, $"+ {frame.Rows.Count - shown} more rows", "o", size: TextWidth.Small);
    }

    /// <summary>Gives columns what they need, and shares out what is left over; what is missing is taken from the widest.</summary>
    private static void Place(List<Column> columns, Box box)
    {
        var spare = (box.Width - columns.Sum(column => column.Width)) / columns.Count;
        var widest = spare >= 0 ? double.MaxValue : Widest([.. columns.Select(column => column.Width)], box.Width);
        var x = box.X;
        foreach (var column in columns)
        {
            column.X = x;
            column.Width = spare >= 0 ? column.Width + spare : Math.Min(column.Width, widest);
            x += column.Width;
        }
    }

    /// <summary>The width to which columns must be cut so that all of them fit.</summary>
    private static double Widest(IReadOnlyList<double> widths, double room)
    {
        var left = room;
        var ordered = widths.Order().ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            if (ordered[i] * (ordered.Count - i) > left) return left / (ordered.Count - i);
            left -= ordered[i];
        }

        return room;
    }

    private sealed class Column
    {
        private readonly TableFrame _frame;
        private readonly int _index;
        private readonly bool _isNumber;
        private readonly string _name;
        private readonly bool _right;
        private readonly double _most;

        public Column(TableFrame frame, int index, FieldStyles styles)
        {
            (_frame, _index) = (frame, index);
            var column = frame.Columns[index];
            _isNumber = frame.Rows.Any(row => !double.IsNaN(row[index].Number));
            Style = styles.Of(column.Name, column.RefId, _isNumber) with { Range = FieldStyle.RangeOf(frame.Rows.Select(row => row[index].Number)) };
            if (column.Name == TableColumn.TimeName && Style.Options.Unit.Length == 0) Style = Style with { Options = Style.Options with { Unit = "dateTimeAsIso" } };
            _name = Style.Options.DisplayName is { Length: > 0 } shown ? SeriesNames.Displayed(shown, column.Labels, column.Name) : column.Name;
            _right = Style["align"].AsText() is { } align && align != "auto" ? align == "right" : _isNumber;
            _most = frame.Rows.Select(row => row[index].Number).Where(double.IsFinite).DefaultIfEmpty(0).Max();
            Width = Math.Max(TextWidth.Of(_name, bold: true), Math.Min(WidestText, frame.Rows.Select(row => TextWidth.Of(Text(row[index]))).DefaultIfEmpty(0).Max())) + (2 * Padding);
        }

        public FieldStyle Style { get; }

        public double X { get; set; }

        public double Width { get; set; }

        public void Head(SvgCanvas canvas, double y) => Put(canvas, y, _name, "b o", null);

        public void Cell(SvgCanvas canvas, int row, double y)
        {
            var cell = _frame.Rows[row][_index];
            var kind = Style["cellOptions.type"].AsText() ?? Style["displayMode"].AsText() ?? "auto";
            var paint = Mapped(cell) ?? (kind is "auto" or "" || !_isNumber ? null : Style.Colour(cell.Number, _index, "thresholds"));
            if (kind == "color-background" && paint is { } back) canvas.Rect(new(X + 1, y - 1, Width - 2, Row - 2), "", back, radius: 2);
            if (kind is "gauge" or "basic" or "gradient-gauge" or "lcd-gauge" && paint is { } bar) Bar(canvas, cell, y, bar);
            Put(canvas, y, Text(cell), kind == "color-background" && paint is not null ? "on" : "", kind == "color-background" ? null : paint);
        }

        private void Bar(SvgCanvas canvas, TableCell cell, double y, Paint paint)
        {
            var (low, high) = (Style.Options.Min ?? 0, Style.Options.Max ?? _most);
            if (high > low && cell.Number > low) canvas.Rect(new(X + 2, y + 1, Math.Clamp((cell.Number - low) / (high - low), 0, 1) * (Width - 4), Row - 6), "", paint, radius: 2, opacity: 0.25);
        }

        private Paint? Mapped(TableCell cell) => cell.Text is { } text
            ? Paint.Parse(ValueMappings.Find(Style.Options.Mappings, text)?.Color)
            : Paint.Parse(ValueMappings.Find(Style.Options.Mappings, cell.Number)?.Color);

        private string Text(TableCell cell) => cell.Text is { } text
            ? ValueMappings.Find(Style.Options.Mappings, text) is { Text.Length: > 0 } mapped ? mapped.Text : text
            : cell.IsEmpty ? Style.Options.NoValue : Style.Text(cell.Number).ToString();

        private void Put(SvgCanvas canvas, double y, string text, string classes, Paint? paint)
        {
            var bold = classes.StartsWith('b');
            canvas.Text(_right ? X + Width - Padding : X + Padding, y + 15, TextWidth.Fit(text, Width - (1.4 * Padding), bold: bold), _right ? $"{classes} e".Trim() : classes, paint);
        }
    }
}
