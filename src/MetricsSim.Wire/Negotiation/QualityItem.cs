namespace MetricsSim.Wire.Negotiation;

/// <summary>One element of an <c>Accept</c> or <c>Accept-Encoding</c> header.</summary>
/// <param name="name">The part before the first semicolon.</param>
/// <param name="parameters">The rest of the element.</param>
/// <param name="quality">The <c>q</c> parameter in thousandths, 1000 without one.</param>
internal readonly ref struct QualityItem(ReadOnlySpan<char> name, ReadOnlySpan<char> parameters, int quality)
{
    private readonly ReadOnlySpan<char> _name = name;
    private readonly ReadOnlySpan<char> _parameters = parameters;

    public int Quality { get; } = quality;

    /// <summary>Media types and codings compare without regard to case.</summary>
    public bool Is(string name) => _name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>A parameter's value without quotes; the last one of its name, empty without one.</summary>
    public ReadOnlySpan<char> Parameter(string name)
    {
        ReadOnlySpan<char> found = [];
        var rest = _parameters;
        while (QualityList.NextParameter(ref rest, out var key, out var value))
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                found = value.Trim('"');
            }
        }

        return found;
    }
}
