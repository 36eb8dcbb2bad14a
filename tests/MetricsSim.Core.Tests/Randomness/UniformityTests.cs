using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Randomness;

/// <summary>
/// A smoke test of the counter's layout, not of Philox, which passes BigCrush (Salmon et al. 2011): along each axis, values are uniform
/// (χ² on 256 cells) and neighbours are independent (χ² on 16 × 16 cells), at the level 1e-4 with seed 42.
/// </summary>
public sealed class UniformityTests
{
    private const int Draws = 65_536;
    private static readonly KeyedRandom Random = new(42);

    public static TheoryData<string> Axes => ["entity", "user of a session key", "ordinal of a session key", "tick", "draw"];

    [Theory]
    [MemberData(nameof(Axes))]
    public void Values_are_uniform(string axis)
    {
        AssertUniform(i => Along(axis, i).UniformA);
        AssertUniform(i => Along(axis, i).UniformB);
        AssertUniform(i => RandomBlock.Uniform(Along(axis, i).W0));
        AssertUniform(i => RandomBlock.Uniform(Along(axis, i).W3));
    }

    [Theory]
    [MemberData(nameof(Axes))]
    public void Neighbours_are_independent(string axis)
    {
        AssertIndependent(i => Along(axis, 2 * i).UniformA, i => Along(axis, (2 * i) + 1).UniformA);
        AssertIndependent(i => Along(axis, i).UniformA, i => Along(axis, i).UniformB);
    }

    [Fact]
    public void Purposes_are_independent() =>
        AssertIndependent(i => Random.Draw((ulong)i, Purpose.Session).UniformA, i => Random.Draw((ulong)i, Purpose.Request).UniformA);

    [Fact]
    public void Seeds_are_independent() =>
        AssertIndependent(i => new KeyedRandom(1).Draw((ulong)i, Purpose.Session).UniformA, i => new KeyedRandom(2).Draw((ulong)i, Purpose.Session).UniformA);

    private static RandomBlock Along(string axis, int i) => axis switch
    {
        "entity" => Random.Draw((ulong)i, Purpose.Session),
        "user of a session key" => Random.Draw((5UL << 32) | (uint)i, Purpose.Session),
        "ordinal of a session key" => Random.Draw(((ulong)i << 32) | 5, Purpose.Session),
        "tick" => Random.Draw(7, Purpose.ActivityStep, i),
        // Only 2^16 draws fit the counter, so the second half of the longest walk moves to the next entity.
        _ => Random.Draw(7 + (ulong)(i >> 16), Purpose.ToolCall, 0, i & 0xFFFF),
    };

    private static void AssertUniform(Func<int, double> values)
    {
        var counts = new long[256];
        for (var i = 0; i < Draws; i++) counts[(int)(values(i) * counts.Length)]++;
        Statistics.AssertChiSquare(Flat(counts.Length), counts);
    }

    private static void AssertIndependent(Func<int, double> first, Func<int, double> second)
    {
        var counts = new long[256];
        for (var i = 0; i < Draws; i++) counts[((int)(first(i) * 16) * 16) + (int)(second(i) * 16)]++;
        Statistics.AssertChiSquare(Flat(counts.Length), counts);
    }

    private static double[] Flat(int cells) => [.. Enumerable.Repeat((double)Draws / cells, cells)];
}
