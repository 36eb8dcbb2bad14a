using System.Globalization;
using System.Text.RegularExpressions;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// What a variable's <c>regex</c> and <c>sort</c> make of a query's results: <c>packages/scenes/src/variables/variants/query/utils.ts</c> of
/// https://github.com/grafana/scenes, <c>stringToJsRegex</c> in <c>packages/grafana-data/src/text/string.ts</c> of https://github.com/grafana/grafana.
/// </summary>
internal static partial class VariablePattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Filters, cuts and sorts.</summary>
    /// <param name="found">Results of the query.</param>
    /// <param name="pattern">The regex: <c>/…/</c>, maybe with flags, or the whole value; empty for none. Its group <c>value</c>, else <c>text</c>, else its first group, is the value.</param>
    /// <param name="sort">Grafana's number of the order.</param>
    /// <returns>Values, each once.</returns>
    /// <exception cref="PrometheusException">The pattern is none, or takes forever.</exception>
    public static IReadOnlyList<string> Apply(IEnumerable<string> found, string pattern, int sort)
    {
        try
        {
            return Sort([.. (pattern.Length == 0 ? found : Cut(found, pattern)).Distinct(StringComparer.Ordinal)], sort);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow(pattern);
        }
    }

    /// <summary>Keeps those in which a regular expression is found, wherever it is.</summary>
    /// <param name="found">Names of metrics.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <exception cref="PrometheusException">It is none, or takes forever.</exception>
    public static IReadOnlyList<string> Filter(IEnumerable<string> found, string pattern)
    {
        try
        {
            var regex = Compile(pattern, pattern, RegexOptions.None);
            return [.. found.Where(name => regex.IsMatch(name))];
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow(pattern);
        }
    }

    private static Regex Compile(string expression, string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(expression, options | RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw Bad(pattern, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static IEnumerable<string> Cut(IEnumerable<string> found, string pattern)
    {
        var slashed = Slashed().Match(pattern);
        var flags = slashed.Groups["flags"].Value;
        var global = flags.Contains('g', StringComparison.Ordinal);
        // Without slashes it is for the whole value, alternatives as loosely bound as Grafana leaves them.
        var regex = Compile(slashed.Success ? slashed.Groups["body"].Value : $"^{pattern}$", pattern, flags.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None);
        foreach (var value in found)
        {
            var matches = global ? regex.Matches(value).ToList() : regex.Match(value) is { Success: true } only ? [only] : [];
            if (matches.Count == 0) continue;
            // The one may be in another match than the other: /name="(?<text>[^"]+)|id="(?<value>[^"]+)/g.
            var named = matches.Select(match => match.Groups["value"]).Concat(matches.Select(match => match.Groups["text"])).FirstOrDefault(group => group is { Success: true, Length: > 0 });
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

    private static PrometheusException TooSlow(string pattern) => Bad(pattern, "takes longer than a second");

    private static PrometheusException Bad(string pattern, string reason) =>
        new(PrometheusFailure.Query, $"{Configuration.Quoting.Quote(pattern)} is no good regular expression: {reason}", transient: false);

    [GeneratedRegex("^/(?<body>.*)/(?<flags>[gimsuy]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Slashed();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstNumber();
}
