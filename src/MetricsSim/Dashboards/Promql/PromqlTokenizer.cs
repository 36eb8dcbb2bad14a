using System.Text;
using System.Text.RegularExpressions;

namespace MetricsSim.Dashboards.Promql;

/// <summary>
/// Cuts PromQL into pieces: enough to see what an expression uses, not to evaluate it. After
/// https://github.com/prometheus/prometheus/blob/v2.42.0/promql/parser/lex.go.
/// </summary>
internal static partial class PromqlTokenizer
{
    /// <summary>Cuts an expression, passing over blanks and comments.</summary>
    /// <param name="expression">PromQL without variables.</param>
    /// <returns>All pieces; what is no PromQL is among them, a character each, or all from a quote without an end on.</returns>
    public static IReadOnlyList<PromqlToken> Tokens(string expression)
    {
        var tokens = new List<PromqlToken>();
        for (var at = 0; at < expression.Length;)
        {
            var match = Piece().Match(expression, at);
            var length = Math.Max(1, match.Length);
            if (!match.Groups["blank"].Success) tokens.Add(new(Kind(match), expression.Substring(at, length), at));
            at += length;
        }

        return tokens;
    }

    /// <summary>The text that a quoted one stands for.</summary>
    /// <param name="quoted">With its quotes.</param>
    public static string Unquote(string quoted)
    {
        if (quoted.Length < 2) return "";
        var inner = quoted[1..^1];
        if (quoted[0] == '`' || !inner.Contains('\\', StringComparison.Ordinal)) return inner;
        var text = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\' || i + 1 == inner.Length)
            {
                text.Append(inner[i]);
                continue;
            }

            i++;
            text.Append(inner[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
        }

        return text.ToString();
    }

    private static PromqlTokenKind Kind(Match match)
    {
        if (!match.Success) return PromqlTokenKind.Unknown;
        if (match.Groups["text"].Success) return PromqlTokenKind.Text;
        // A text without an end takes all that is left: to look for its end from each quote in it would take forever.
        if (match.Groups["open"].Success) return PromqlTokenKind.Unknown;
        if (match.Groups["duration"].Success) return PromqlTokenKind.Duration;
        if (match.Groups["number"].Success) return PromqlTokenKind.Number;
        return match.Groups["name"].Success ? PromqlTokenKind.Name : PromqlTokenKind.Sign;
    }

    // A name may begin with a colon, but [5m:1m] has none in it.
    [GeneratedRegex(
        """
        \G(?:(?<blank>\s+|\#[^\n]*)
        |(?<text>"(?>(?:\\.|[^"\\])*)"|'(?>(?:\\.|[^'\\])*)'|`[^`]*`)
        |(?<open>["'`].*)
        |(?<duration>(?:[0-9]+(?:ms|[smhdwy]))+(?![0-9A-Za-z_]))
        |(?<number>0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
        |(?<name>:?[A-Za-z_][A-Za-z0-9_:]*)
        |(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}\[\],@:]))
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline, 1000)]
    private static partial Regex Piece();
}
