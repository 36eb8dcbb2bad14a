using System.Text;

namespace MetricsSim.Configuration;

/// <summary>Quotes what a user wrote, for one line of a message: short, and without control characters.</summary>
internal static class Quoting
{
    private const int Longest = 60;

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
}
