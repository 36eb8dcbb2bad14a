using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Plots;

/// <summary>A line of a legend.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Paint">Its colour.</param>
/// <param name="Values">A text for each reduction.</param>
/// <param name="Numbers">The same as numbers, to sort by.</param>
internal sealed record LegendEntry(string Name, Paint Paint, IReadOnlyList<string> Values, IReadOnlyList<double> Numbers);

/// <summary>Draws legends as lists or tables, below or beside a plot, and says so where there is no room for all of it.</summary>
/// <param name="options">How it is to be.</param>
internal sealed class Legend(LegendOptions options)
{
    private const double Row = 17;
    private const double Swatch = 18;
    private const double Gap = 14;
    private const double LeastPlotWidth = 190;
    private const double LeastNames = 120;
    private const double Size = TextWidth.Small;

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="box">The inside of a panel.</param>
    /// <param name="given">Its lines.</param>
    /// <returns>What is left for the plot.</returns>
    public Box Draw(SvgCanvas canvas, Box box, IReadOnlyList<LegendEntry> given)
    {
        if (!options.Shown || given.Count == 0) return box;
        var entries = Sorted(given);
        if (options.OnRight && Beside(canvas, box, entries) is { } left) return left;
        var most = Math.Max(1, (int)(box.Height * 0.42 / Row));
        return options.AsTable ? TableBelow(canvas, box, entries, most) : ListBelow(canvas, box, entries, most);
    }

    private static void Name(SvgCanvas canvas, double x, double y, string name, Paint paint, double width)
    {
        canvas.Rect(new(x, y - 6, 12, 4), "", paint, radius: 2);
        canvas.Text(x + Swatch, y, TextWidth.Fit(name, width - Swatch, Size), size: Size);
    }

    private static void More(SvgCanvas canvas, double x, double y, int count) => canvas.Text(x + Swatch, y, $"+ {count} more", "o", size: Size);

    private IReadOnlyList<LegendEntry> Sorted(IReadOnlyList<LegendEntry> entries)
    {
        var column = options.Calcs.Select(Reducers.Title).ToList().FindIndex(title => title == options.SortBy.Replace(" *", "", StringComparison.Ordinal));
        if (column < 0) return entries;
        double Key(LegendEntry entry) => double.IsNaN(entry.Numbers[column]) ? double.NegativeInfinity : entry.Numbers[column];
        return options.Descending ? [.. entries.OrderByDescending(Key)] : [.. entries.OrderBy(Key)];
    }

    private Box? Beside(SvgCanvas canvas, Box box, IReadOnlyList<LegendEntry> entries)
    {
        var columns = Columns(entries);
        var numbers = columns.Sum(width => width + Gap);
        var width = Math.Min(entries.Max(entry => TextWidth.Of(Label(entry), Size)) + Swatch + numbers + 2, box.Width * 0.42);
        if (box.Width - width - Gap < LeastPlotWidth || width - numbers < 60) return null;
        var area = new Box(box.Right - width, box.Y, width, box.Height);
        var most = (int)(box.Height / Row) - (options.AsTable && columns.Count > 0 ? 1 : 0);
        if (options.AsTable) Table(canvas, area, entries, columns, most);
        else Column(canvas, area, entries, most);
        return box.Without(right: width + Gap);
    }

    private Box TableBelow(SvgCanvas canvas, Box box, IReadOnlyList<LegendEntry> entries, int most)
    {
        var columns = Columns(entries);
        // What leaves no room for names is left out.
        var names = Math.Min(LeastNames, entries.Max(entry => TextWidth.Of(entry.Name, Size)) + Swatch);
        while (columns.Count > 0 && box.Width - columns.Sum(width => width + Gap) < names) columns = [.. columns.SkipLast(1)];
        var head = columns.Count > 0 ? 1 : 0;
        var rows = Math.Min(entries.Count, Math.Max(1, most - head));
        var height = ((rows + head) * Row) + 4;
        Table(canvas, new Box(box.X, box.Bottom - height + 4, box.Width, height - 4), entries, columns, rows);
        return box.Without(bottom: height);
    }

    private void Table(SvgCanvas canvas, Box area, IReadOnlyList<LegendEntry> entries, IReadOnlyList<double> columns, int most)
    {
        var y = area.Y + 12;
        if (columns.Count > 0)
        {
            var right = area.Right;
            for (var i = columns.Count - 1; i >= 0; i--)
            {
                canvas.Text(right, y, Reducers.Title(options.Calcs[i]), "e o", size: Size);
                right -= columns[i] + Gap;
            }

            y += Row;
        }

        var shown = entries.Count <= most ? entries.Count : Math.Max(0, most - 1);
        foreach (var entry in entries.Take(shown))
        {
            var right = area.Right;
            for (var i = columns.Count - 1; i >= 0; i--)
            {
                canvas.Text(right, y, entry.Values[i], "e", size: Size);
                right -= columns[i] + Gap;
            }

            Name(canvas, area.X, y, entry.Name, entry.Paint, right - area.X);
            y += Row;
        }

        if (shown < entries.Count) More(canvas, area.X, y, entries.Count - shown);
    }

    private void Column(SvgCanvas canvas, Box area, IReadOnlyList<LegendEntry> entries, int most)
    {
        var shown = entries.Count <= most ? entries.Count : Math.Max(0, most - 1);
        for (var i = 0; i < shown; i++) Name(canvas, area.X, area.Y + 12 + (i * Row), Label(entries[i]), entries[i].Paint, area.Width);
        if (shown < entries.Count) More(canvas, area.X, area.Y + 12 + (shown * Row), entries.Count - shown);
    }

    private Box ListBelow(SvgCanvas canvas, Box box, IReadOnlyList<LegendEntry> entries, int most)
    {
        var (places, lines) = Flow(entries, box.Width, most);
        var top = box.Bottom - (lines * Row) + 12;
        for (var i = 0; i < places.Count; i++)
            Name(canvas, box.X + places[i].X, top + (places[i].Line * Row), Label(entries[i]), entries[i].Paint, Math.Min(box.Width, WidthOf(entries[i])));
        if (places.Count < entries.Count)
        {
            var last = places.Count == 0 ? 0 : places[^1].X + WidthOf(entries[places.Count - 1]) + Gap;
            More(canvas, box.X + last - Swatch, top + ((lines - 1) * Row), entries.Count - places.Count);
        }

        return box.Without(bottom: (lines * Row) + 4);
    }

    /// <summary>Puts entries one after another on lines; the last line keeps room for how many there are more.</summary>
    private (IReadOnlyList<(double X, int Line)> Places, int Lines) Flow(IReadOnlyList<LegendEntry> entries, double width, int most)
    {
        const double RoomForMore = 60;
        var places = new List<(double X, int Line)>();
        var (x, line) = (0.0, 0);
        for (var i = 0; i < entries.Count; i++)
        {
            var needed = Math.Min(width, WidthOf(entries[i]));
            if (x > 0 && x + needed > width) (x, line) = (0, line + 1);
            if (line >= most)
            {
                while (places.Count > 1 && places[^1].X + WidthOf(entries[places.Count - 1]) + RoomForMore > width && places[^1].Line == most - 1) places.RemoveAt(places.Count - 1);
                return (places, most);
            }

            places.Add((x, line));
            x += needed + Gap;
        }

        return (places, line + 1);
    }

    private double WidthOf(LegendEntry entry) => Swatch + TextWidth.Of(Label(entry), Size) + 1;

    private string Label(LegendEntry entry) => options.AsTable || entry.Values.Count == 0
        ? entry.Name
        : $"{entry.Name}  {string.Join("  ", options.Calcs.Zip(entry.Values, (calc, value) => $"{Reducers.Title(calc)}: {value}"))}";

    private IReadOnlyList<double> Columns(IReadOnlyList<LegendEntry> entries)
    {
        if (!options.AsTable) return [];
        return [.. options.Calcs.Select((calc, i) => entries.Select(entry => entry.Values[i]).Append(Reducers.Title(calc)).Max(text => TextWidth.Of(text, Size)))];
    }
}
