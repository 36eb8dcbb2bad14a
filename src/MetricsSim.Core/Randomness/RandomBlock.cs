namespace MetricsSim.Core.Randomness;

/// <summary>The 128 bits of one draw: two uniforms of 52 bits (<see cref="UniformA"/>, <see cref="UniformB"/>), or four of 32 bits.</summary>
/// <param name="W0">Word 0.</param>
/// <param name="W1">Word 1.</param>
/// <param name="W2">Word 2.</param>
/// <param name="W3">Word 3.</param>
public readonly record struct RandomBlock(uint W0, uint W1, uint W2, uint W3)
{
    // With 53 bits the largest value would round to 1, whose quantile is infinite: a half needs the last bit of the mantissa.
    private const double Two52 = 1.0 / (1UL << 52);
    private const double Two32 = 1.0 / (1UL << 32);

    /// <summary>Words 0 and 1 as one number.</summary>
    public ulong BitsA => ((ulong)W0 << 32) | W1;

    /// <summary>Words 2 and 3 as one number.</summary>
    public ulong BitsB => ((ulong)W2 << 32) | W3;

    /// <summary>Uniform on the open interval (0, 1), from words 0 and 1.</summary>
    public double UniformA => ((BitsA >> 12) + 0.5) * Two52;

    /// <summary>Uniform on the open interval (0, 1), from words 2 and 3.</summary>
    public double UniformB => ((BitsB >> 12) + 0.5) * Two52;

    /// <summary>Uniform on the open interval (0, 1) with 32 bits.</summary>
    /// <param name="word">A word of a block.</param>
    /// <returns>The uniform.</returns>
    public static double Uniform(uint word) => (word + 0.5) * Two32;
}
