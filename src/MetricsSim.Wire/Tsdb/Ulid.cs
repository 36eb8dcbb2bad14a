namespace MetricsSim.Wire.Tsdb;

/// <summary>Names of blocks (github.com/ulid/spec): a time and 80 more bits in 26 letters of Crockford's base 32, which sort by time.</summary>
internal static class Ulid
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;

    /// <summary>Forms a name.</summary>
    /// <param name="unixMilliseconds">0 ≤ time &lt; 2^48.</param>
    /// <param name="entropy">At least ten bytes that tell it from others of the same time.</param>
    public static string Of(long unixMilliseconds, ReadOnlySpan<byte> entropy)
    {
        var value = (UInt128)(ulong)unixMilliseconds;
        foreach (var part in entropy[..10])
        {
            value = (value << 8) | part;
        }

        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Letters[(int)(value & 31)];
            value >>= 5;
        }

        return new string(text);
    }
}
