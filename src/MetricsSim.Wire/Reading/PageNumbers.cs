using System.Buffers.Text;
using System.Globalization;

namespace MetricsSim.Wire.Reading;

/// <summary>Numbers as pages write them: what Go's <c>ParseFloat</c> takes, without hexadecimal ones and underscores, as in Prometheus.</summary>
public static class PageNumbers
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number.</summary>
    /// <param name="text">All of its text.</param>
    /// <param name="value">The number; may be NaN or infinite.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        if (text.IsEmpty) return false;
        var signed = text[0] is (byte)'+' or (byte)'-';
        var digits = signed ? text[1..] : text;
        if (digits.IsEmpty) return false;
        if (char.IsAsciiDigit((char)digits[0]) || digits[0] == '.')
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        if (Is(digits, "nan"u8)) return !signed;
        if (!Is(digits, "inf"u8) && !Is(digits, "infinity"u8)) return false;
        value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    /// <summary>Reads a timestamp of text 0.0.4: whole ms since the Unix epoch.</summary>
    /// <param name="text">All of its text.</param>
    /// <param name="milliseconds">The timestamp.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryReadMilliseconds(ReadOnlySpan<byte> text, out long milliseconds) =>
        Utf8Parser.TryParse(text, out milliseconds, out var used) && used == text.Length;

    /// <summary>Reads a timestamp of OpenMetrics: seconds since the Unix epoch.</summary>
    /// <param name="text">All of its text.</param>
    /// <param name="milliseconds">The timestamp.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryReadSeconds(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (!TryRead(text, out var seconds) || Math.Abs(seconds) > long.MaxValue / 2000.0 || !double.IsFinite(seconds)) return false;
        milliseconds = (long)Math.Round(seconds * 1000);
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length != word.Length) return false;
        for (var i = 0; i < word.Length; i++)
        {
            if ((text[i] | 0x20) != word[i]) return false;
        }

        return true;
    }
}
