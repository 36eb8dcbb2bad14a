using System.Globalization;
using MetricsSim.Wire.TextFormat;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.TextFormat;

public sealed class CanonicalNumberTests
{
    // The lists are those of OpenMetrics 1.0, "Considerations: Canonical Numbers" and its histogram example.
    [Theory]
    [InlineData("0.0 0.001 0.002 0.01 0.1 0.9 0.95 0.99 0.999 1.0 1.7 10.0")]
    [InlineData("1e-10 1e-09 1e-05 0.0001 0.1 1.0 100000.0 1e+06 1e+10")]
    [InlineData("0.0 1e-05 0.0001 0.1 1.0 10.0 100000.0 1e+06 1e+23 1.1e+23 +Inf")]
    [InlineData("10.0 30.0 60.0 300.0 600.0 1800.0 3600.0 7200.0")]
    [InlineData("1.0 4.0 16.0 64.0 256.0 1024.0 4096.0 16384.0 65536.0 262144.0 1.048576e+06 4.194304e+06 1.6777216e+07 6.7108864e+07")]
    [InlineData("0.01 0.02 0.04 0.08 0.16 0.32 0.64 1.28 2.56 5.12 10.24 20.48 40.96 81.92")]
    [InlineData("-0.5 -10.0 -1e+06 -Inf NaN 5e-324 1.7976931348623157e+308 0.00012345 1.2345e-05 123456.7 1.2345678e+06")]
    public void Writes_what_the_specification_and_Go_write(string texts)
    {
        var expected = texts.Split(' ');
        Assert.Equal(expected, expected.Select(text => CanonicalNumber.Format(Parse(text))));
    }

    private static double Parse(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
