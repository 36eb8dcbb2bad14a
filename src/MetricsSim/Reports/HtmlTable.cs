using System.Text;

namespace MetricsSim.Reports;

/// <summary>Tables of reports.</summary>
internal static class HtmlTable
{
    /// <summary>Writes a table.</summary>
    /// <param name="page">Takes it.</param>
    /// <param name="headings">One for each column; one that begins with # is of numbers.</param>
    /// <param name="rows">Cells, which are HTML already.</param>
    public static void Write(StringBuilder page, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        string Cell(string tag, string html, int column) => $"<{tag}{(headings[column] is ['#', ..] ? " class=\"number\"" : "")}>{html}</{tag}>";
        page.Append("<table><thead><tr>").AppendJoin("", headings.Select((heading, i) => Cell("th", heading.TrimStart('#'), i))).Append("</tr></thead><tbody>\n");
        foreach (var row in rows) page.Append("<tr>").AppendJoin("", row.Select((cell, i) => Cell("td", cell, i))).Append("</tr>\n");
        page.Append("</tbody></table>\n");
    }
}
