using MetricsSim.Dashboards.Benchmarks;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>How times are summed up.</summary>
public sealed class TimingTests
{
    [Fact]
    public void The_first_time_stands_alone()
    {
        Assert.Equal(new Timing(900, 10, 30, 48, 5), Timing.Of([900, 50, 10, 30, 20, 40]));
        Assert.Equal(new Timing(900, 10, 10, 10, 1), Timing.Of([900, 10]));
        Assert.Null(Timing.Of([900]));
        Assert.Equal(new Timing(7, 1, 2, 2.9, 3), Timing.Of([5, 7], [3, 1, 2]));
    }
}
