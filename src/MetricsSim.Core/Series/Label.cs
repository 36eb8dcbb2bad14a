namespace MetricsSim.Core.Series;

/// <summary>One label of a series: a name and its unescaped value, both UTF-16. An empty value is written, and means "absent" to Prometheus.</summary>
/// <param name="Name">Label name, <c>[a-zA-Z_][a-zA-Z0-9_]*</c>.</param>
/// <param name="Value">Any Unicode text, unescaped.</param>
public readonly record struct Label(string Name, string Value);
