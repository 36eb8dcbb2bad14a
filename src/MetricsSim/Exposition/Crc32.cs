namespace MetricsSim.Exposition;

/// <summary>The CRC-32 of RFC 1952 for bytes whose parts' sums are known, in any order of computing: the way of zlib's <c>crc32_combine</c>.</summary>
internal static class Crc32
{
    // The polynomial with its bits reversed, so that the highest bit is x^0.
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 1u << 31;
    private static readonly uint[] Squares = SquaresOfX();

    /// <summary>The sum of two parts, one after the other.</summary>
    /// <param name="first">The first part's sum.</param>
    /// <param name="second">The second part's sum.</param>
    /// <param name="secondLength">The second part's bytes.</param>
    /// <returns>The sum of both.</returns>
    public static uint Combine(uint first, uint second, int secondLength)
    {
        // Appending n bytes multiplies by x^8n.
        uint power = One;
        for (int i = 3; secondLength != 0; i++, secondLength >>= 1)
            if ((secondLength & 1) != 0) power = Multiply(Squares[i], power);
        return Multiply(power, first) ^ second;
    }

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (uint bit = One; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0) product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }

    private static uint[] SquaresOfX()
    {
        // x^1, x^2, x^4, …
        var squares = new uint[34];
        squares[0] = One >> 1;
        for (int i = 1; i < squares.Length; i++) squares[i] = Multiply(squares[i - 1], squares[i - 1]);
        return squares;
    }
}
