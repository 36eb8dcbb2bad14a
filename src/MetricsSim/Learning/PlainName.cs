namespace MetricsSim.Learning;

/// <summary>Names as a configuration takes them: letters, digits and underscores, in metrics' names colons too, and not too many.</summary>
internal static class PlainName
{
    // A little less than a configuration takes, which leaves room for a suffix or a number.
    private const int MostOfMetric = 490;
    private const int MostOfKey = 240;

    /// <summary>A metric's name.</summary>
    public static string OfMetric(string name) => Of(name, MostOfMetric, colons: true);

    /// <summary>A label's name; those in double underscores are Prometheus's own.</summary>
    public static string OfLabel(string name)
    {
        var plain = Of(name, MostOfKey, colons: false);
        return plain.StartsWith("__", StringComparison.Ordinal) ? "x" + plain : plain;
    }

    /// <summary>The id of a group.</summary>
    public static string OfGroup(string name) => Of(name, MostOfKey, colons: false);

    /// <summary>The name, or the name with a number that nobody has.</summary>
    /// <param name="name">The name wanted.</param>
    /// <param name="isTaken">Whether somebody has a name.</param>
    public static string Distinct(string name, Predicate<string> isTaken)
    {
        var distinct = name;
        for (var i = 2; isTaken(distinct); i++) distinct = $"{name}_{i}";
        return distinct;
    }

    private static string Of(string name, int most, bool colons)
    {
        var plain = string.Concat(name.Take(most).Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (c == ':' && colons) ? c : '_'));
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }
}
