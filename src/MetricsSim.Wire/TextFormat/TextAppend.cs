using System.Buffers;
using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>Encodes names, labels and help into UTF-8 while a layout is prepared. Lone surrogates become U+FFFD: a page is always valid UTF-8.</summary>
internal static class TextAppend
{
    private static readonly SearchValues<char> WithQuotes = SearchValues.Create("\\\n\"");
    private static readonly SearchValues<char> WithoutQuotes = SearchValues.Create("\\\n");

    /// <summary>Appends text as it is.</summary>
    public static void Append(this ArrayBufferWriter<byte> output, ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);

    /// <summary>Appends text with <c>\</c> as <c>\\</c>, line feed as <c>\n</c> and, if asked, <c>"</c> as <c>\"</c>.</summary>
    public static void AppendEscaped(this ArrayBufferWriter<byte> output, ReadOnlySpan<char> text, bool quotes)
    {
        var special = quotes ? WithQuotes : WithoutQuotes;
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            output.Append(text[..at]);
            output.Append(text[at] switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                _ => "\\\"",
            });
            text = text[(at + 1)..];
        }

        output.Append(text);
    }

    /// <summary>Appends the beginning of a line of metadata: <c># TYPE name </c>.</summary>
    public static void AppendComment(this ArrayBufferWriter<byte> output, string kind, string name)
    {
        output.Append($"# {kind} ");
        output.AppendName(name);
        output.Append(" ");
    }

    /// <summary>Appends a name, in quotes if a Prometheus before 3.0 wouldn't take it (github.com/prometheus/proposals, 2023-08-21-utf8).</summary>
    public static void AppendName(this ArrayBufferWriter<byte> output, string name)
    {
        if (Names.IsPlain(name))
        {
            output.Append(name);
            return;
        }

        output.Append("\"");
        output.AppendEscaped(name, quotes: true);
        output.Append("\"");
    }

    /// <summary>Appends <c>a="x"</c>.</summary>
    public static void AppendLabel(this ArrayBufferWriter<byte> output, Label label, NameEscaping escaping)
    {
        output.AppendName(Names.Escape(label.Name, escaping));
        output.Append("=\"");
        output.AppendEscaped(label.Value, quotes: true);
        output.Append("\"");
    }
}
