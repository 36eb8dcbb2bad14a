using System.Globalization;
using System.Text.RegularExpressions;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// What a variable's <c>regex</c> and <c>sort</c> make of a query's results: <c>packages/scenes/src/variables/variants/query/utils.ts</c> of
/// https://github.com/grafana/scenes.
/// </summary>
internal static partial class VariablePattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Filters, cuts and sorts.</summary>
    /// <param name="found">Results of the query.</param>
    /// <param name="pattern">The regex: <c>/…/</c>, maybe with flags, or the whole value; empty for none. Its group <c>value</c>, or first group, is the value.</param>
    /// <param name="sort">Grafana's number of the order.</param>
    /// <returns>Values, each once.</returns>
    /// <exception cref="PrometheusException">The pattern is none, or takes forever.</exception>
    public static IReadOnlyList<string> Apply(IEnumerable<string> found, string pattern, int sort)
    {
        try
        {
            var values = pattern.Length == 0 ? found : Cut(found, Parse(pattern, Limit), pattern);
            return Sort([.. values.Distinct(StringComparer.Ordinal)], sort);
        }
        catch (RegexMatchTimeoutException)
        {
            throw Bad(pattern, "takes longer than a second");
        }
    }

    /// <summary>Reads a regular expression as JavaScript has it.</summary>
    /// <param name="pattern"><c>/…/flags</c>, or one for the whole value.</param>
    /// <param name="limit">How long a match may take.</param>
    /// <exception cref="PrometheusException">It is none.</exception>
    public static Regex Parse(string pattern, TimeSpan limit)
    {
        var slashed = Slashed().Match(pattern);
        var options = slashed.Success && slashed.Groups["flags"].Value.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None;
        try
        {
            return new Regex(slashed.Success ? slashed.Groups["body"].Value : pattern, options | RegexOptions.CultureInvariant, limit);
        }
        catch (ArgumentException e)
        {
            throw Bad(pattern, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static IEnumerable<string> Cut(IEnumerable<string> found, Regex regex, string pattern)
    {
        var global = Slashed().Match(pattern) is { Success: true } slashed && slashed.Groups["flags"].Value.Contains('g', StringComparison.Ordinal);
        foreach (var value in found)
        {
            var matches = global ? regex.Matches(value).ToList() : regex.Match(value) is { Success: true } only ? [only] : [];
            if (matches.Count == 0) continue;
            var named = matches.SelectMany(match => new[] { match.Groups["value"], match.Groups["text"] }).FirstOrDefault(group => group is { Success: true, Length: > 0 });
            if (named is not null) yield return named.Value;
            else if (matches[0].Groups.Count == 1) yield return value;
            else foreach (var match in matches) yield return match.Groups[1].Value;
        }
    }

    private static IReadOnlyList<string> Sort(List<string> values, int sort)
    {
        IEnumerable<string> sorted = sort switch
        {
            1 or 2 => values.Order(StringComparer.Ordinal),
            3 or 4 => values.OrderBy(Number),
            5 or 6 => values.OrderBy(value => value.ToLowerInvariant(), StringComparer.Ordinal),
            7 or 8 => values.OrderBy(value => value, StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase)),
            _ => values,
        };
        return sort is 2 or 4 or 6 or 8 ? [.. sorted.Reverse()] : [.. sorted];
    }

    private static double Number(string value) =>
        FirstNumber().Match(value) is { Success: true } match && double.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static PrometheusException Bad(string pattern, string reason) =>
        new(PrometheusFailure.Query, $"{Configuration.Quoting.Quote(pattern)} is no good regular expression: {reason}", transient: false);

    [GeneratedRegex("^/(?<body>.*)/(?<flags>[gimsuy]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Slashed();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstNumber();
}
