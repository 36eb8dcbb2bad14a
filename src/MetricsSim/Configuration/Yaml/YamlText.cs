namespace MetricsSim.Configuration.Yaml;

/// <summary>Refuses what is no text before the parser sees it.</summary>
internal static class YamlText
{
    /// <summary>Largest file in bytes, and largest text in UTF-16 units.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Reports the first character YAML doesn't allow, or a text that is too long.</summary>
    /// <returns>Whether the text may be parsed.</returns>
    public static bool Check(string text, string file, Report report)
    {
        if (text.Length > MaxLength)
        {
            report.Error(new Place(file, 0, 0), "", $"larger than {MaxLength / 1024 / 1024} MB");
            return false;
        }

        var line = 1;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
                start = i + 1;
            }
            else if (!IsAllowed(text, i))
            {
                report.Error(new Place(file, line, i - start + 1), "", $"character U+{(int)c:X4} is not allowed in YAML; is it a text file?");
                return false;
            }
        }

        return true;
    }

    // YAML 1.2, production [1] c-printable.
    private static bool IsAllowed(string text, int i)
    {
        var c = text[i];
        if (char.IsHighSurrogate(c)) return i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
        if (char.IsLowSurrogate(c)) return i > 0 && char.IsHighSurrogate(text[i - 1]);
        return c is '\t' or '\r' or '\u0085' || (c >= ' ' && c is not ('\u007f' or '\ufffe' or '\uffff') && !char.IsControl(c));
    }
}
