using MetricsSim.Core.Backend;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Backend;

public sealed class UtilizationTests
{
    [Fact]
    public void Capacity_is_given_or_follows_from_the_users()
    {
        Assert.Equal(150, new Utilization(new(), 100, TimeSpan.FromSeconds(1)).Capacity);
        Assert.Equal(7, new Utilization(new() { Capacity = 7 }, 100, TimeSpan.FromSeconds(1)).Capacity);
    }

    /// <summary>An exponential average with the mean service time 0.8·e^(0.08) s as its time constant: 1 − e^(−t/τ) after t.</summary>
    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    public void Approaches_offered_load_over_one_service_time(double tickSeconds, int ticks)
    {
        var utilization = new Utilization(new() { Capacity = 100 }, 1, TimeSpan.FromSeconds(tickSeconds));
        for (var tick = 0; tick < ticks; tick++) utilization.Add((long)(60 * tickSeconds));
        var tau = 0.8 * Math.Exp(0.08);
        Assert.Equal(0.6 * (1 - Math.Exp(-ticks * tickSeconds / tau)), utilization.Value, 1e-12);
    }

    [Fact]
    public void The_world_publishes_it()
    {
        var world = new World(TestWorlds.Flat(1000)).StepSeconds(600);
        var sum = 0.0;
        for (var tick = 0; tick < 300; tick++) sum += SnapshotView.Of(world.StepSeconds(1)).Gauge("metricssim_backend_utilization_ratio");
        Assert.Equal(1500, SnapshotView.Of(world).Gauge("metricssim_backend_capacity"));
        // Offered load is one request in 15 s a session in progress, 1.005 attempts each; over five minutes its Poisson error is 1.5 %.
        Assert.Equal(world.Status().ActiveSessions / 15.0 * 1.005 / 1500, sum / 300, 0.08 * sum / 300);
    }
}
