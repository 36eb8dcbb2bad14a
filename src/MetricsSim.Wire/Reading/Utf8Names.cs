using System.Text;

namespace MetricsSim.Wire.Reading;

/// <summary>Compares names that are kept as text with names in a page's bytes, so that looking one up allocates nothing.</summary>
internal sealed class Utf8Names : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    // FNV-1a; the page's own bytes decide the buckets of a table that its limit on families keeps small.
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <inheritdoc />
    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    /// <inheritdoc />
    public int GetHashCode(string obj) => Hash(Encoding.UTF8.GetBytes(obj));

    /// <inheritdoc />
    public bool Equals(ReadOnlySpan<byte> alternate, string other)
    {
        if (alternate.Length != other.Length) return Encoding.UTF8.GetString(alternate).Equals(other, StringComparison.Ordinal);
        for (var i = 0; i < other.Length; i++)
        {
            if (alternate[i] != other[i]) return false;
        }

        return true;
    }

    /// <inheritdoc />
    public int GetHashCode(ReadOnlySpan<byte> alternate) => Hash(alternate);

    /// <inheritdoc />
    public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = Basis;
        foreach (var each in name) hash = (hash ^ each) * Prime;
        return (int)hash;
    }
}
