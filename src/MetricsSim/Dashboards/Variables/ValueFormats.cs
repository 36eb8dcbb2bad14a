using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// Formats of <c>${name:format}</c>, as in <c>packages/scenes/src/variables/interpolation/formatRegistry.ts</c> of https://github.com/grafana/scenes. One that
/// there isn't is <c>glob</c>.
/// </summary>
internal static partial class ValueFormats
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Formats a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The format, with arguments behind colons.</param>
    public static string Format(VariableValue value, string format)
    {
        var parts = format.Split(':');
        // Grafana makes a difference between a value and a list of one.
        var one = value.IsList ? null : value.Values.Count > 0 ? value.Values[0] : "";
        var many = value.Values;
        return parts[0] switch
        {
            "raw" or "csv" => string.Join(',', many),
            "pipe" => string.Join('|', many),
            "regex" => one is not null ? Escaped(one) : many is [var only] ? Escaped(only) : $"({string.Join('|', many.Select(Escaped))})",
            "lucene" => one is not null ? Lucene(one) : many.Count == 0 ? "__empty__" : $"({string.Join(" OR ", many.Select(text => $"\"{Lucene(text)}\""))})",
            "distributed" => string.Join(',', many.Select((text, i) => i == 0 ? text : $"{value.Name}={text}")),
            "html" => WebUtility.HtmlEncode(string.Join(", ", many)),
            "json" => one ?? JsonSerializer.Serialize(many, Relaxed),
            "percentencode" or "uriencode" => Uri.EscapeDataString(one ?? $"{{{string.Join(',', many)}}}"),
            "singlequote" => string.Join(',', many.Select(text => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'")),
            "doublequote" => string.Join(',', many.Select(text => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")),
            "sqlstring" => string.Join(',', many.Select(text => $"'{text.Replace("'", "''", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}'")),
            "join" => string.Join(parts.Length > 1 ? parts[1] : ",", many),
            "date" => Date(many.Count > 0 ? many[0] : "", parts.Length > 1 ? parts[1] : "iso"),
            "text" => value.Text,
            "queryparam" => string.Join('&', (value.IsAll ? ["$__all"] : many).Select(text => $"var-{value.Name}={Uri.EscapeDataString(text)}")),
            _ => one ?? Glob(many),
        };
    }

    /// <summary>A list as Grafana writes it by default: <c>{a,b}</c>.</summary>
    /// <param name="values">The values.</param>
    public static string Glob(IReadOnlyList<string> values) => values.Count > 1 ? $"{{{string.Join(',', values)}}}" : string.Join(',', values);

    private static string Escaped(string text) => Metacharacters().Replace(text, "\\$0");

    private static string Lucene(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : LuceneCharacters().Replace(text, "\\$0");

    /// <summary>Only the forms that stand in queries: ms, seconds, and ISO 8601.</summary>
    private static string Date(string text, string form)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) || Math.Abs(ms) > 200_000_000_000_000) return "NaN";
        return form switch
        {
            "ms" => text,
            "seconds" => $"{(long)Math.Round(ms / 1000.0)}",
            _ => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex(@"[\\^$*+?.()|[\]{}/]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Metacharacters();

    [GeneratedRegex(@"[!*+\-=<>\s&|()\[\]{}^~?:\\/""]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LuceneCharacters();
}
