namespace MetricsSim.Learning;

/// <summary>Hashes of labels, the same in every process; a collision only blurs a count.</summary>
internal static class LabelHash
{
    // FNV-1a with the finalizer of SplitMix64, which spreads it over all bits.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>A label's hash; those of a set's labels are added, so that their order means nothing.</summary>
    /// <param name="name">Name in UTF-8.</param>
    /// <param name="value">Value in UTF-8.</param>
    public static ulong Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Mix(Add((Add(Basis, name) ^ 0xFF) * Prime, value));

    /// <summary>Spreads a sum of hashes.</summary>
    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> text)
    {
        foreach (var each in text) hash = (hash ^ each) * Prime;
        return hash;
    }
}
