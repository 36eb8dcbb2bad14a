using System.Text.RegularExpressions;

namespace MetricsSim.Dashboards.Drawing.Data;

/// <summary>What series are called.</summary>
internal static partial class SeriesNames
{
    private const string MetricName = "__name__";

    // A longer name fits nowhere, and stands in many places.
    private const int MostCharacters = 300;

    /// <summary>Fills the labels into a legend's format.</summary>
    /// <param name="format">With <c>{{label}}</c>; empty and <c>__auto</c> leave it to the labels.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="expression">What it is called without labels.</param>
    public static string Of(string format, IReadOnlyDictionary<string, string> labels, string expression) =>
        Short(format is "" or "__auto" ? OfLabels(labels, expression, format.Length > 0) : Braces().Replace(format, match => labels.GetValueOrDefault(match.Groups["label"].Value.Trim(), "")));

    /// <summary>Fills the labels into a display name.</summary>
    /// <param name="format">With <c>${__field.labels.NAME}</c>, <c>${__series.name}</c> or <c>${__field.name}</c>.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="name">The name that it has otherwise.</param>
    public static string Displayed(string format, IReadOnlyDictionary<string, string> labels, string name) =>
        Short(Fields().Replace(format, match => match.Groups["label"] is { Success: true, Value: var label } ? labels.GetValueOrDefault(label, "") : name));

    private static string Short(string name) => name.Length <= MostCharacters ? name : string.Concat(name.AsSpan(0, MostCharacters), "…");

    private static string OfLabels(IReadOnlyDictionary<string, string> labels, string expression, bool auto)
    {
        var pairs = labels.Where(label => label.Key != MetricName).OrderBy(label => label.Key, StringComparer.Ordinal).ToList();
        if (auto && pairs.Count == 1) return pairs[0].Value;
        var name = labels.GetValueOrDefault(MetricName, "");
        return pairs.Count == 0 ? name.Length > 0 ? name : expression : $"{name}{{{string.Join(", ", pairs.Select(pair => $"{pair.Key}=\"{pair.Value}\""))}}}";
    }

    [GeneratedRegex(@"\{\{(?<label>[^{}]*)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\$\{__(field\.labels\.(?<label>[A-Za-z_][A-Za-z0-9_]*)|field\.labels\[""(?<label>[^""\]]*)""\]|field\.name|field\.displayName|series\.name)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fields();
}
