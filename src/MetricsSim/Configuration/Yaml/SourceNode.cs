namespace MetricsSim.Configuration.Yaml;

/// <summary>Where something was written.</summary>
/// <param name="File">File, or the flag or variable it came by.</param>
/// <param name="Line">1-based line, or 0 if there is none.</param>
/// <param name="Column">1-based column, or 0.</param>
internal readonly record struct Place(string File, int Line, int Column);

/// <summary>A value as it was written: the shape of YAML without any of its library's types.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record SourceNode(Place Place)
{
    /// <summary>Nodes in it once aliases are written out, itself included.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>Levels of nesting in it, itself included.</summary>
    public int Height { get; init; } = 1;

    /// <summary>What it is, for messages: completes "got …".</summary>
    public abstract string Describe();
}

/// <summary>A scalar.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Text">Its text, unescaped.</param>
/// <param name="Plain">Whether it stands without quotes and without a string tag, and may so be a number, a boolean or null.</param>
internal sealed record SourceScalar(Place Place, string Text, bool Plain) : SourceNode(Place)
{
    /// <summary>Whether it means "nothing".</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <inheritdoc />
    public override string Describe() => IsNull ? "nothing" : Quoting.Quote(Text, quotes: !Plain);
}

/// <summary>A sequence.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">Its items.</param>
internal sealed record SourceList(Place Place, IReadOnlyList<SourceNode> Items) : SourceNode(Place)
{
    /// <inheritdoc />
    public override string Describe() => "a list";
}

/// <summary>A mapping with distinct keys.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">Its entries in file order.</param>
internal sealed record SourceMap(Place Place, IReadOnlyList<SourceEntry> Entries) : SourceNode(Place)
{
    /// <inheritdoc />
    public override string Describe() => "a map";
}

/// <summary>An entry of a mapping.</summary>
/// <param name="Key">Its key.</param>
/// <param name="KeyPlace">Where the key begins.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct SourceEntry(string Key, Place KeyPlace, SourceNode Value);
