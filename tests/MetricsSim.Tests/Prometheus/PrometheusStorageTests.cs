using MetricsSim.Prometheus;
using Xunit;

namespace MetricsSim.Tests.Prometheus;

public sealed class PrometheusStorageTests
{
    [Theory]
    [InlineData("15d", 15 * 86_400_000.0)]
    [InlineData("1y2w3d4h5m6s7ms", (((((365 + 14 + 3) * 24.0) + 4) * 60) + 5) * 60_000 + 6_007)]
    [InlineData("36h", 36 * 3_600_000.0)]
    [InlineData("0s", 0.0)]
    [InlineData("10GiB", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("d", null)]
    [InlineData("99999999999999999999y", null)]
    public void Lengths_of_time_are_read_as_Prometheus_writes_them(string? text, double? milliseconds) =>
        Assert.Equal(milliseconds, PrometheusStorage.Duration(text)?.TotalMilliseconds);
}
