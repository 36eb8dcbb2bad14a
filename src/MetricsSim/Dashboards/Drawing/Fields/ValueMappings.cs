using System.Globalization;
using System.Text.RegularExpressions;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>Finds what stands in place of a value.</summary>
internal static class ValueMappings
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>The first mapping that a number has.</summary>
    /// <param name="mappings">All of them.</param>
    /// <param name="value">The number; NaN is what special mappings call null and NaN.</param>
    public static ValueMapping? Find(IReadOnlyList<ValueMapping> mappings, double value) => mappings.FirstOrDefault(mapping => mapping.Match switch
    {
        MappingMatch.Value => double.TryParse(mapping.Value, CultureInfo.InvariantCulture, out var wanted) && wanted.Equals(value),
        MappingMatch.Range => value >= (mapping.From ?? double.NegativeInfinity) && value <= (mapping.To ?? double.PositiveInfinity),
        MappingMatch.Special => double.IsNaN(value) && mapping.Value is "null" or "nan" or "null+nan" or "empty",
        MappingMatch.Regex => Matches(mapping.Value, value.ToString(CultureInfo.InvariantCulture)),
        _ => false,
    });

    /// <summary>The first mapping that a text has.</summary>
    public static ValueMapping? Find(IReadOnlyList<ValueMapping> mappings, string text) => mappings.FirstOrDefault(mapping => mapping.Match switch
    {
        MappingMatch.Value => mapping.Value == text,
        MappingMatch.Special => text.Length == 0 && mapping.Value == "empty",
        MappingMatch.Regex => Matches(mapping.Value, text),
        _ => false,
    });

    /// <summary>Whether a pattern of a dashboard fits a text; one that is no pattern fits nothing.</summary>
    /// <param name="pattern">A regular expression, maybe as <c>/…/i</c>.</param>
    /// <param name="text">The text.</param>
    public static bool Matches(string pattern, string text)
    {
        var options = RegexOptions.CultureInvariant;
        if (pattern.Length > 1 && pattern[0] == '/' && pattern.LastIndexOf('/') is > 0 and var end)
        {
            if (pattern[end..].Contains('i', StringComparison.Ordinal)) options |= RegexOptions.IgnoreCase;
            pattern = pattern[1..end];
        }

        try
        {
            return Regex.IsMatch(text, pattern, options, Patience);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
