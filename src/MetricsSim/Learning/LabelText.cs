using System.Text;

namespace MetricsSim.Learning;

/// <summary>Label values as a configuration takes them: long ones are cut, and end in a hash of all of them, so that they stay distinct.</summary>
internal static class LabelText
{
    private const int Most = 1024;

    /// <summary>The text of a value.</summary>
    /// <param name="utf8">The value.</param>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        if (text.Length <= Most) return text;
        var ending = $"…{LabelHash.Of([], utf8):x16}";
        var cut = Most - ending.Length;
        // Half a character is none.
        if (char.IsHighSurrogate(text[cut - 1])) cut--;
        return text[..cut] + ending;
    }
}
