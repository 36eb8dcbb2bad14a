using System.Text;

namespace MetricsSim.Configuration;

/// <summary>Quotes what a user wrote, for one line of a message: short, and without control characters.</summary>
internal static class Quoting
{
    private const int Longest = 60;
    private const int LongestLine = 2000;

    /// <summary>Shortens and escapes a text.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="quotes">Whether to put it in quotes; text with spaces at its ends always is.</param>
    /// <returns>One line.</returns>
    public static string Quote(string text, bool quotes = true)
    {
        var builder = new StringBuilder();
        foreach (var rune in (text.Length > Longest ? text[..Longest] : text).EnumerateRunes())
        {
            if (Rune.IsControl(rune)) builder.Append($"\\u{rune.Value:x4}");
            else builder.Append(rune);
        }

        if (text.Length > Longest) builder.Append('…');
        return quotes || text.Length == 0 || text != text.Trim() ? $"\"{builder}\"" : builder.ToString();
    }

    /// <summary>A text on one line, without control characters, which would reach the terminal, and not endless.</summary>
    /// <param name="text">Anything.</param>
    /// <returns>The text as it is, if that is good.</returns>
    public static string Plain(string text)
    {
        if (text.Length > LongestLine) text = $"{text.AsSpan(0, LongestLine)}…";
        if (!text.Any(char.IsControl)) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var character in text) plain.Append(char.IsControl(character) ? ' ' : character);
        return plain.ToString();
    }
}
