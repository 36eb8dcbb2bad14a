using System.Numerics;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

public sealed class NativeBucketsTests
{
    public static TheoryData<string, long> Kinds => new() { { "session", 1_000_000 }, { "operation", 1_000_000 }, { "request", 1_000_000 }, { "tokens", 1 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_lies_in_its_bucket_exactly(string kind, long scale)
    {
        var native = Named(kind);
        var last = native.FirstIndex + native.Cells - 2;
        for (var i = native.FirstIndex; i <= last; i++)
        {
            var near = (long)(Math.Pow(2, i / 8.0) * scale);
            for (var value = Math.Max(1, near - 2); value <= near + 2; value++)
            {
                var cell = native.CellOf(value);
                var index = native.FirstIndex + cell - 1;
                Assert.True(index == last || !Above(value, index, scale), $"{value} is above bucket {index}");
                Assert.True(cell == 0 || Above(value, index - 1, scale), $"{value} is not above bucket {index - 1}");
            }
        }
    }

    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(1_000_001, 1)]
    [InlineData(2_000_000, 8)]
    [InlineData(500_000, -8)]
    [InlineData(500_001, -7)]
    [InlineData(1024_000_000, 80)]
    [InlineData(977, -79)]
    public void A_power_of_two_ends_its_bucket(long micros, int index) =>
        Assert.Equal(index, Buckets.RequestDuration.Native.FirstIndex + Buckets.RequestDuration.Native.CellOf(micros) - 1);

    [Fact]
    public void What_is_outside_the_window_counts_at_its_ends()
    {
        var native = Buckets.RequestDuration.Native;
        Assert.Equal((1.0 / 1024, -79, 201), (native.ZeroThreshold, native.FirstIndex, native.Cells));
        Assert.Equal([0, 0, 0, 1, 200, 200], new[] { long.MinValue, 0, 976, 977, 32_768_000_000, long.MaxValue }.Select(native.CellOf));
        Assert.Equal([0, 8, 9], new long[] { 0, 1, 2 }.Select(value => Math.Min(9, Buckets.TokenUsage.Native.CellOf(value))));
    }

    [Theory]
    [InlineData("0 0 0 0 0", "", "")]
    [InlineData("9 0 0 0 0", "", "")]
    [InlineData("0 5 0 0 0", "-7+1", "5")]
    [InlineData("0 0 3 1 0", "-6+2", "3 -2")]
    [InlineData("0 4 0 0 1", "-7+4", "4 -4 0 1")]
    [InlineData("0 4 0 0 0 1 2", "-7+1 3+2", "4 -3 1")]
    [InlineData("0 2 0 2 0 0 0 0 0 0 7", "-7+3 6+1", "2 -2 2 5")]
    public void Spans_and_deltas_are_those_of_client_libraries(string cells, string spans, string deltas)
    {
        var (gotSpans, gotDeltas) = (new List<BucketSpan> { new(1, 1) }, new List<long> { 1 });
        new NativeBuckets(-1, 2, 1).Split([.. cells.Split(' ').Select(long.Parse)], gotSpans, gotDeltas);
        Assert.Equal(spans, string.Join(' ', gotSpans.Select(span => $"{span.Offset}+{span.Length}")));
        Assert.Equal(deltas, string.Join(' ', gotDeltas));
    }

    /// <summary>value / scale &gt; 2^(index/8), in integers and without any root.</summary>
    private static bool Above(long value, int index, long scale)
    {
        var (left, right) = (BigInteger.Pow(value, 8), BigInteger.Pow(scale, 8));
        return index < 0 ? left << -index > right : left > right << index;
    }

    private static NativeBuckets Named(string kind) => (kind switch
    {
        "session" => Buckets.SessionDuration,
        "operation" => Buckets.OperationDuration,
        "request" => Buckets.RequestDuration,
        _ => Buckets.TokenUsage,
    }).Native;
}
