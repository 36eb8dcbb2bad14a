using System.Text;

namespace MetricsSim.Reports;

/// <summary>The frame of a self-contained HTML page, and the row of facts at its top.</summary>
internal static class HtmlPage
{
    /// <summary>Begins a page, up to its body.</summary>
    /// <param name="title">Its title, plain text.</param>
    /// <param name="style">Its style.</param>
    public static StringBuilder Begin(string title, string style) => new StringBuilder()
        .Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n")
        .Append($"<title>{HtmlText.Escape(title)}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n");

    /// <summary>Ends a page.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The document, which ends with a line feed.</returns>
    public static string End(StringBuilder page) => page.Append("</body>\n</html>\n").ToString();

    /// <summary>Writes facts side by side.</summary>
    /// <param name="page">Takes them.</param>
    /// <param name="facts">Names and values, plain text.</param>
    public static void Facts(StringBuilder page, IEnumerable<(string Name, string Value)> facts)
    {
        page.Append("<div class=\"facts\">");
        foreach (var (name, value) in facts) page.Append($"<div><b>{HtmlText.Escape(value)}</b><span>{HtmlText.Escape(name)}</span></div>");
        page.Append("</div>\n");
    }
}
