namespace MetricsSim.Dashboards.Drawing.Tables;

/// <summary>A cell: a number, a text, or nothing.</summary>
/// <param name="Text">The text; null of a number and of nothing.</param>
/// <param name="Number">The number; NaN of a text and of nothing.</param>
internal readonly record struct TableCell(string? Text, double Number)
{
    /// <summary>Nothing.</summary>
    public static TableCell Empty { get; } = new(null, double.NaN);

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Text is null && double.IsNaN(Number);

    /// <summary>Orders cells: numbers by size, then texts by their characters; nothing comes last.</summary>
    public static int Compare(TableCell a, TableCell b) => (a.IsEmpty, b.IsEmpty) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => a.Text is null && b.Text is null ? a.Number.CompareTo(b.Number) : string.CompareOrdinal(a.Text ?? "", b.Text ?? ""),
    };
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RefId">The query that it is of; empty for several.</param>
/// <param name="Labels">Labels of its values where it is of one series.</param>
internal sealed record TableColumn(string Name, string RefId, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>What the time's column is called.</summary>
    public const string TimeName = "Time";

    /// <summary>A column without labels.</summary>
    public static TableColumn Plain(string name, string refId = "") => new(name, refId, new Dictionary<string, string>());
}

/// <summary>A table as queries and transformations make it.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; each has a cell for each column.</param>
internal sealed record TableFrame(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows)
{
    /// <summary>The place of a column; -1 if there is none of this name.</summary>
    public int Index(string name) => Columns.ToList().FindIndex(column => column.Name == name);

    /// <summary>The same rows with some of the columns, in another order.</summary>
    public TableFrame Take(IReadOnlyList<int> columns) =>
        new([.. columns.Select(i => Columns[i])], [.. Rows.Select(row => (IReadOnlyList<TableCell>)[.. columns.Select(i => row[i])])]);

    /// <summary>The rows in the order of a column.</summary>
    public TableFrame Sorted(string name, bool descending)
    {
        var column = Index(name);
        if (column < 0) return this;
        var order = Comparer<TableCell>.Create((a, b) => descending && !a.IsEmpty && !b.IsEmpty ? TableCell.Compare(b, a) : TableCell.Compare(a, b));
        return this with { Rows = [.. Rows.OrderBy(row => row[column], order)] };
    }
}
