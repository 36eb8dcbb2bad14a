namespace MetricsSim.Configuration.Declarations;

/// <summary>
/// Declares a key of the configuration on the property that holds it: the one place from which the reader, the lists of allowed keys in
/// messages, the JSON schema and the documentation come. The name is the property's in snake_case, the type its type, the default its
/// value in a new section.
/// </summary>
/// <param name="description">What it is, for the documentation and editors; a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyAttribute(string description) : Attribute
{
    /// <summary>What it is.</summary>
    public string Description { get; } = description;

    /// <summary>Least value (numbers; seconds of durations; characters of text; items of lists); NaN for none.</summary>
    public double Min { get; set; } = double.NaN;

    /// <summary>Largest value, likewise.</summary>
    public double Max { get; set; } = double.NaN;

    /// <summary>Whether <see cref="Min"/> itself is out.</summary>
    public bool AboveMin { get; set; }

    /// <summary>Whether the key must be given.</summary>
    public bool Required { get; set; }

    /// <summary>Regular expression that text must match as a whole.</summary>
    public string? Pattern { get; set; }

    /// <summary>What <see cref="Pattern"/> means, for people: completes "expected …".</summary>
    public string? PatternText { get; set; }

    /// <summary>What happens while the key is absent, where its default is null.</summary>
    public string? WhenAbsent { get; set; }

    /// <summary>Why a value other than the default has no effect yet; null if it has.</summary>
    public string? NotYet { get; set; }

    /// <summary>Why the key, known from the older simulator, means nothing here; null if it does.</summary>
    public string? Meaningless { get; set; }

    /// <summary>Whether the value is masked wherever the configuration is shown.</summary>
    public bool Secret { get; set; }
}

/// <summary>Says which key of a map decides the type of section it is read into.</summary>
/// <param name="key">The deciding key.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class DecidedByAttribute(string key) : Attribute
{
    /// <summary>The deciding key.</summary>
    public string Key { get; } = key;
}

/// <summary>Says for which values of the deciding key a section is taken.</summary>
/// <param name="names">The values.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class VariantAttribute(params string[] names) : Attribute
{
    /// <summary>The values.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
