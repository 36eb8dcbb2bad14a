namespace MetricsSim.Dashboards.Promql;

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Start">Where it begins.</param>
internal readonly record struct PromqlToken(PromqlTokenKind Kind, string Text, int Start)
{
    /// <summary>Where it ends.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it is this operator, bracket or name.</summary>
    /// <param name="text">The text; names of the language are the same in capitals.</param>
    public bool Is(string text) => Kind is PromqlTokenKind.Sign or PromqlTokenKind.Name && Text.Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a piece of an expression is.</summary>
internal enum PromqlTokenKind
{
    /// <summary>A metric, a label, a function, a keyword.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A length of time such as <c>5m</c>.</summary>
    Duration,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>An operator, a bracket, a comma.</summary>
    Sign,

    /// <summary>What the language has not.</summary>
    Unknown,
}
