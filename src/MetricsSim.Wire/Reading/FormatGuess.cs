namespace MetricsSim.Wire.Reading;

/// <summary>Tells the format of a page that came without a Content-Type.</summary>
internal static class FormatGuess
{
    /// <summary>How much of a page is looked at.</summary>
    public const int Head = 64 * 1024;

    /// <summary>Looks for what text 0.0.4 doesn't have: a unit, an end, a type of OpenMetrics, or a counter declared without <c>_total</c>.</summary>
    /// <param name="head">The page's first bytes.</param>
    /// <returns>OpenMetrics if there is any of that, else text.</returns>
    public static ExpositionFormat Of(ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range];
            if (line.SequenceEqual("# EOF"u8) || line.StartsWith("# UNIT "u8)) return ExpositionFormat.OpenMetrics100;
            if (line.StartsWith("# TYPE "u8) && IsOpenMetrics(line["# TYPE "u8.Length..], head[range.End..])) return ExpositionFormat.OpenMetrics100;
        }

        return ExpositionFormat.Text004;
    }

    private static bool IsOpenMetrics(ReadOnlySpan<byte> declaration, ReadOnlySpan<byte> rest)
    {
        var blank = declaration.LastIndexOf((byte)' ');
        if (blank < 0) return false;
        var type = declaration[(blank + 1)..];
        if (type.SequenceEqual("unknown"u8) || type.SequenceEqual("info"u8) || type.SequenceEqual("stateset"u8) || type.SequenceEqual("gaugehistogram"u8)) return true;
        if (!type.SequenceEqual("counter"u8)) return false;
        foreach (var range in rest.Split((byte)'\n'))
        {
            var line = rest[range];
            if (line.IsEmpty || line[0] == '#') continue;
            return line.StartsWith(declaration[..blank]) && line[blank..].StartsWith("_total"u8);
        }

        return false;
    }
}
