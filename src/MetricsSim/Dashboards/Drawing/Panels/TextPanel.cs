using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Drawing.Svg;

namespace MetricsSim.Dashboards.Drawing.Panels;

/// <summary>Draws panels of type <c>text</c>: a little of Markdown, and nothing of HTML but its text.</summary>
internal static class TextPanel
{
    private const int MostCharacters = 10_000;

    /// <summary>Draws the inside of a panel.</summary>
    public static void Draw(SvgCanvas canvas, PanelData data, Box box)
    {
        // More than this does not fit into a panel.
        var text = data.Content[..Math.Min(data.Content.Length, MostCharacters)];
        var y = box.Y;
        foreach (var block in Markdown.Blocks(text, data.Panel.Options.At("mode").AsText() ?? "markdown"))
        {
            var size = block.Level switch { 1 => 17, 2 => 15, 3 => 13.5, _ => TextWidth.Usual };
            var indent = block.Bullet.Length > 0 ? 16 + (block.Indent * 14) : 0;
            var lines = MarkdownLines.Wrap(block.Words, box.Width - indent, size, block.Level > 0);
            for (var i = 0; i < lines.Count; i++)
            {
                y += size * 1.45;
                if (y > box.Bottom + 2) return;
                if (i == 0 && indent > 0) canvas.Text(box.X + indent - 6, y, block.Bullet, "e o");
                Line(canvas, box.X + indent, y, lines[i], size, block.Level > 0);
            }

            y += block.Bullet.Length > 0 ? 1 : 5;
        }
    }

    private static void Line(SvgCanvas canvas, double x, double y, IReadOnlyList<MarkdownWord> words, double size, bool bold)
    {
        // Neighbours of one style are one piece of text.
        for (var i = 0; i < words.Count;)
        {
            var style = words[i].Style;
            var piece = words[i].Text;
            for (i++; i < words.Count && words[i].Style == style; i++) piece += " " + words[i].Text;
            canvas.Text(x, y, piece, bold ? "b" : style switch { WordStyle.Bold => "b", WordStyle.Code => "k", WordStyle.Italic => "i", _ => "" }, style == WordStyle.Link ? new Paint("blue") : null, size);
            x += MarkdownLines.Width(piece, style, size, bold) + MarkdownLines.Blank(size);
        }
    }
}
