using System.Net;
using System.Text.RegularExpressions;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>How a word is set.</summary>
internal enum WordStyle
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Bold.</summary>
    Bold,

    /// <summary>Slanted.</summary>
    Italic,

    /// <summary>As code.</summary>
    Code,

    /// <summary>The text of a link; where it leads to is not kept.</summary>
    Link,
}

/// <summary>A word of a text.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Style">How it is set.</param>
internal readonly record struct MarkdownWord(string Text, WordStyle Style);

/// <summary>A paragraph, heading or item of a list.</summary>
/// <param name="Level">1–6 of a heading, 0 of others.</param>
/// <param name="Bullet">What stands before an item; empty of others.</param>
/// <param name="Indent">How deep an item is.</param>
/// <param name="Words">Its words.</param>
internal sealed record MarkdownBlock(int Level, string Bullet, int Indent, IReadOnlyList<MarkdownWord> Words);

/// <summary>Reads a small part of Markdown: headings, lists, paragraphs; bold, slanted, code, links.</summary>
internal static partial class Markdown
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mode">As Grafana names it: <c>markdown</c>, <c>html</c> or <c>code</c>.</param>
    public static IReadOnlyList<MarkdownBlock> Blocks(string text, string mode)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (mode == "code") return [.. lines.Select(line => new MarkdownBlock(0, "", 0, [new(line, WordStyle.Code)]))];
        if (mode == "html") lines = WebUtility.HtmlDecode(Tags().Replace(text, " ")).ReplaceLineEndings("\n").Split('\n');
        var blocks = new List<MarkdownBlock>();
        var open = false;
        var fenced = false;
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                (fenced, open) = (!fenced, false);
                continue;
            }

            if (fenced) blocks.Add(new(0, "", 0, [new(line, WordStyle.Code)]));
            else if (string.IsNullOrWhiteSpace(line)) open = false;
            else if (Heading().Match(line) is { Success: true } heading)
            {
                blocks.Add(new(heading.Groups["marks"].Length, "", 0, Words(Unclosed(heading.Groups["text"].Value))));
                open = false;
            }
            else if (Item().Match(line) is { Success: true } item)
            {
                var mark = item.Groups["mark"].Value;
                blocks.Add(new(0, char.IsAsciiDigit(mark[0]) ? mark : "•", Math.Min(4, item.Groups["blanks"].Length / 2), Words(item.Groups["text"].Value)));
                open = true;
            }
            else if (open) blocks[^1] = blocks[^1] with { Words = [.. blocks[^1].Words, .. Words(line)] };
            else
            {
                blocks.Add(new(0, "", 0, Words(line)));
                open = true;
            }
        }

        return blocks;
    }

    /// <summary>A heading without the marks that close it, which stand apart from its text.</summary>
    private static string Unclosed(string heading)
    {
        var text = heading.TrimEnd();
        var bare = text.TrimEnd('#');
        return bare.Length == 0 || char.IsWhiteSpace(bare[^1]) ? bare : text;
    }

    private static List<MarkdownWord> Words(string text)
    {
        var words = new List<MarkdownWord>();
        var at = 0;
        foreach (Match match in Inline().Matches(text))
        {
            Add(text[at..match.Index], WordStyle.Plain);
            var style = match.Groups["code"].Success ? WordStyle.Code : match.Groups["bold"].Success ? WordStyle.Bold : match.Groups["link"].Success ? WordStyle.Link : WordStyle.Italic;
            Add(match.Groups.Values.Skip(1).First(group => group.Success).Value, style);
            at = match.Index + match.Length;
        }

        Add(text[at..], WordStyle.Plain);
        return words;

        void Add(string part, WordStyle style)
        {
            // A stop or a comma right behind belongs to the word before.
            if (style == WordStyle.Plain && words.Count > 0 && part.Length > 0 && !char.IsWhiteSpace(part[0]))
            {
                var end = part.TakeWhile(c => !char.IsWhiteSpace(c)).Count();
                words[^1] = words[^1] with { Text = words[^1].Text + part[..end] };
                part = part[end..];
            }

            words.AddRange(part.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => new MarkdownWord(word, style)));
        }
    }

    [GeneratedRegex(@"^\s{0,3}(?<marks>#{1,6})\s+(?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<blanks>\s*)(?<mark>[-*+]|\d{1,3}[.)])\s+(?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Item();

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|__(?<bold>[^_]+)__|!?\[(?<link>[^\]]*)\]\([^)]*\)|(?<![\w*])\*(?<italic>[^*\s][^*]*)\*(?!\w)|(?<!\w)_(?<italic>[^_\s][^_]*)_(?!\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();
}
