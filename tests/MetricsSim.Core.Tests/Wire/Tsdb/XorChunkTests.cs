using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class XorChunkTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2000).WithReplay(20_260_105, 11);

    private static readonly Gen<long> Step = Gen.Frequency(
        (5, Gen.Constant(15_000L)),
        (3, Gen.Elements(1L, 15_001, 14_999, 15_000 - 8191, 15_000 + 8192, 15_000 + 8193, 80_535, 80_536, 80_537, 539_287, 539_288, 539_289, 1L << 40)),
        (2, Gen.Choose(1, int.MaxValue).Select(step => (long)step)));

    private static readonly Gen<ulong> Value = Gen.Frequency(
        (5, Gen.Choose(0, 3).Select(n => BitConverter.DoubleToUInt64Bits(n))),
        (3, Gen.Choose(0, 1_000_000).Select(n => BitConverter.DoubleToUInt64Bits(n / 1e6))),
        (2, Gen.Elements(double.NaN, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue).Select(BitConverter.DoubleToUInt64Bits)),
        (2, Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(pair => ((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2)));

    [Fact]
    public void Reads_back_as_it_was()
    {
        var samples = Gen.Choose(1, ChunkPlan.MostSamples).SelectMany(
            count => Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.ArrayOf(Gen.Zip(Step, Value), count)));
        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var time = (long)sample.Item1 * 1000;
            var expected = sample.Item2.Select(pair => (Time: time += pair.Item1, Value: pair.Item2)).ToList();
            var chunk = Encode(expected);
            var reader = new XorChunkReader(chunk);
            Assert.Equal(expected, reader.Read());
            Assert.InRange(reader.Padding, 0, 7);
        }).Check(Fixed);
    }

    [Fact]
    public void Takes_no_more_than_the_bound()
    {
        // Steps that differ by more than 20 bits, and values that share nothing, are the longest there are.
        var samples = Enumerable.Range(0, ChunkPlan.MostSamples)
            .Select(i => (Time: (long)i * i * i * 1_000_000_007, Value: i % 2 == 0 ? ulong.MaxValue : (ulong)i)).ToList();
        var chunk = Encode(samples);
        Assert.Equal(samples, new XorChunkReader(chunk).Read());
        Assert.InRange(chunk.Length, 16 * samples.Count, XorChunk.MaxLength(samples.Count));
    }

    [Fact]
    public void Costs_two_bits_for_a_value_that_stays()
    {
        var chunk = Encode([.. Enumerable.Range(0, 120).Select(i => (1_767_607_200_000 + (15_000L * i), 0UL))]);
        // Count, first time (6) and value (8), first step (2) with a bit, 118 samples of two bits.
        Assert.Equal(2 + 6 + 8 + 2 + ((1 + (2 * 118) + 7) / 8), chunk.Length);
    }

    private static byte[] Encode(List<(long Time, ulong Value)> samples)
    {
        var chunk = new byte[XorChunk.MaxLength(samples.Count)];
        var length = XorChunk.Encode([.. samples.Select(sample => sample.Time)], [.. samples.Select(sample => sample.Value)], chunk);
        return chunk[..length];
    }
}
