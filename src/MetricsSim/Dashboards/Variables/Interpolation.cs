using System.Text.RegularExpressions;

namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// Puts values for variables: <c>$name</c>, <c>${name}</c>, <c>${name:format}</c>, <c>[[name]]</c>, <c>[[name:format]]</c>. Rules and formats are those
/// of https://github.com/grafana/scenes, <c>packages/scenes/src/variables</c> (<c>constants.ts</c>, <c>sceneInterpolator.ts</c>); escaping of values without
/// a format is that of the Prometheus data source (<c>packages/grafana-prometheus/src/escaping.ts</c> of https://github.com/grafana/grafana).
/// </summary>
internal static partial class Interpolation
{
    // An "All" value may hold variables, and those again; a circle must end, and not in more text than memory holds.
    private const int MostNesting = 8;
    private const int MostReplacements = 10_000;
    private const int MostCharacters = 10_000_000;

    /// <summary>Puts values into an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="find">Finds a variable by its name; null for one that there isn't, which is left as it stands.</param>
    public static string Expression(string text, Func<string, VariableValue?> find) => Replace(text, find, Escape);

    /// <summary>Puts values into a title or a legend.</summary>
    /// <param name="text">The text.</param>
    /// <param name="find">Finds a variable by its name; null for one that there isn't, which is left as it stands.</param>
    public static string Text(string text, Func<string, VariableValue?> find) => Replace(text, find, value => value.Text);

    /// <summary>The names of the variables in a text, each once.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> Names(string text)
    {
        try
        {
            return [.. Variable().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    private static string Replace(string text, Func<string, VariableValue?> find, Func<VariableValue, string> usual)
    {
        var (replacements, characters) = (0, 0L);
        try
        {
            return Within(text, 0);
        }
        catch (RegexMatchTimeoutException)
        {
            // No text that anybody means to have filled in.
            return text;
        }

        string Within(string part, int depth) => Variable().Replace(part, match =>
        {
            if (replacements >= MostReplacements || characters >= MostCharacters || find(match.Groups["name"].Value) is not { } value) return match.Value;
            replacements++;
            var format = match.Groups["format"] is { Success: true } given ? given.Value : null;
            string filled;
            if (value.AllValue is { } all && format is not ("text" or "percentencode" or "queryparam"))
                filled = depth < MostNesting ? Within(all, depth + 1) : all;
            else filled = format is null ? usual(value) : ValueFormats.Format(value, format);
            characters += filled.Length;
            return filled;
        });
    }

    private static string Escape(VariableValue value)
    {
        // Grafana's "classic" escaping: for a text in single quotes, in spite of the double quotes that everybody writes.
        if (!value.IsPattern)
            return value.IsList ? ValueFormats.Glob(value.Values) : value.Values is [var only, ..] ? only.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\\\'", StringComparison.Ordinal) : "";
        var escaped = value.Values.Select(one => Metacharacters().Replace(one.Replace("\\", "\\\\\\\\", StringComparison.Ordinal), "\\\\$0")).ToList();
        return escaped.Count == 1 ? escaped[0] : value.IsList ? $"({string.Join('|', escaped)})" : "";
    }

    [GeneratedRegex(@"\$(?<name>[A-Za-z0-9_]+)|\[\[(?<name>[A-Za-z0-9_]+?)(:(?<format>[A-Za-z0-9_]+))?\]\]|\$\{(?<name>[A-Za-z0-9_]+)(\.[^:^}]+)?(:(?<format>[^}]+))?\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"[$^*{}\[\]+?.()|]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Metacharacters();
}
