using System.Globalization;
using System.Text.RegularExpressions;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration.Domain;

/// <summary>Parses conditions of assertions.</summary>
internal static partial class ConditionParser
{
    /// <summary>What is allowed.</summary>
    public const string Expected = "<, <=, >, >= or = and a number, such as < 0.05, or = true or = false";

    /// <summary>Parses a condition.</summary>
    /// <param name="text">E.g. <c>&lt; 0.05</c>.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="value">Right-hand side; true is 1 and false 0.</param>
    /// <returns>Whether it parses.</returns>
    public static bool TryParse(string text, out Comparison comparison, out double value)
    {
        comparison = default;
        value = 0;
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return false;
        comparison = match.Groups["comparison"].Value switch
        {
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            _ => Comparison.Equal,
        };
        switch (match.Groups["value"].Value)
        {
            case "true":
                value = 1;
                return comparison == Comparison.Equal;
            case "false":
                return comparison == Comparison.Equal;
            case var number:
                value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
                return double.IsFinite(value);
        }
    }

    [GeneratedRegex(@"^(?<comparison><=?|>=?|=)\s*(?<value>true|false|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
