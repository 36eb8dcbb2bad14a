namespace MetricsSim.Wire.Negotiation;

/// <summary>One element of an <c>Accept</c> or <c>Accept-Encoding</c> header.</summary>
/// <param name="name">The part before the first semicolon.</param>
/// <param name="version">The <c>version</c> parameter, empty without one.</param>
/// <param name="quality">The <c>q</c> parameter in thousandths, 1000 without one.</param>
internal readonly ref struct QualityItem(ReadOnlySpan<char> name, ReadOnlySpan<char> version, int quality)
{
    private readonly ReadOnlySpan<char> _name = name;

    public ReadOnlySpan<char> Version { get; } = version;

    public int Quality { get; } = quality;

    /// <summary>Media types and codings compare without regard to case.</summary>
    public bool Is(string name) => _name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
