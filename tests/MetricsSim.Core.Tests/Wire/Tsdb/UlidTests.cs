using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class UlidTests
{
    // The time is the example of github.com/ulid/spec; the largest is the one the specification names.
    [Theory]
    [InlineData(1_469_918_176_385, "00000000000000000000", "01ARYZ6S410000000000000000")]
    [InlineData(1_469_918_176_385, "FFFFFFFFFFFFFFFFFFFF", "01ARYZ6S41ZZZZZZZZZZZZZZZZ")]
    [InlineData(281_474_976_710_655, "FFFFFFFFFFFFFFFFFFFF", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData(0, "00000000000000000001", "00000000000000000000000001")]
    public void Is_time_and_entropy_in_base_32(long time, string entropy, string expected) =>
        Assert.Equal(expected, Ulid.Of(time, Convert.FromHexString(entropy)));
}
