namespace MetricsSim.Configuration;

/// <summary>A value from a flag or the environment: put at its key as if the file said so.</summary>
/// <param name="Key">Dotted key, e.g. <c>users.total</c>.</param>
/// <param name="Text">The value as the user wrote it, read like a plain YAML scalar.</param>
/// <param name="Origin">What errors name instead of <c>file:line:col</c>, e.g. <c>--users</c>.</param>
internal sealed record ConfigOverride(string Key, string Text, string Origin)
{
    /// <summary>Whether the text has the items of a list, with commas between them.</summary>
    public bool IsList { get; init; }
}
