using MathNet.Numerics.Distributions;
using MetricsSim.Core.Backend;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Backend;

public sealed class QueueingBackendTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Capacity_is_given_or_follows_from_the_users_or_the_servers()
    {
        Assert.Equal((150, 130), (New(new()).NominalCapacity, New(new()).Servers));
        Assert.Equal((7, 7), (New(new() { Capacity = 7 }).NominalCapacity, New(new() { Capacity = 7 }).Servers));
        var concurrent = New(new() { Concurrency = 10, ServiceTimeMedian = 0.5, ServiceTimeSigma = 0 });
        Assert.Equal((20, 10), (concurrent.NominalCapacity, concurrent.Servers));
        Assert.Equal(20, concurrent.Capacity);
        // Two a second of half a second each need one server, however the product rounds.
        Assert.Equal(1, New(new() { Capacity = 2, ServiceTimeMedian = 0.5, ServiceTimeSigma = 0 }).Servers);
        Assert.Equal(1, New(new() { Capacity = 1e-12 }).Servers);
        Assert.Equal(int.MaxValue, New(new() { Capacity = 1e9, ServiceTimeMedian = 3600, ServiceTimeSigma = 3 }).Servers);
    }

    /// <summary>An exponential average with the mean service time 0.8·e^(0.08) s as its time constant: 1 − e^(−t/τ) after t.</summary>
    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    public void Utilization_approaches_offered_load_over_one_service_time(double tickSeconds, int ticks)
    {
        var backend = new QueueingBackend(new() { Capacity = 100 }, 1, TimeSpan.FromSeconds(tickSeconds));
        for (var tick = 0; tick < ticks; tick++) Step(backend, (long)(60 * tickSeconds));
        var tau = 0.8 * Math.Exp(0.08);
        Assert.Equal(0.6 * (1 - Math.Exp(-ticks * tickSeconds / tau)), backend.Utilization, 1e-12);
        Assert.Equal(backend.OfferedRatio, backend.Utilization, 1e-15);
    }

    /// <summary>Exponential service has CV² = 1: σ² = ln 2 makes the factor (1 + CV²)/2 one, and what is left is M/M/c.</summary>
    [Theory]
    [InlineData(1, 0.7, 0.02)]
    [InlineData(8, 0.8, 0.02)]
    [InlineData(50, 0.95, 0.05)]
    public void Waits_as_an_event_driven_queue_with_exponential_service_does(int servers, double rho, double tolerance)
    {
        var options = new BackendOptions { Concurrency = servers, ServiceTimeMedian = 1 / Math.Sqrt(2), ServiceTimeSigma = Math.Sqrt(Math.Log(2)) };
        var expected = ReferenceQueue.MeanWait(servers, rho * servers, random => -Math.Log(1 - random.NextDouble()), 2_000_000, 1);
        Assert.Equal(1, SteadyWait(options, rho * servers) / expected, tolerance);
    }

    /// <summary>For log-normal service Allen–Cunneen is an approximation, good to a few percent when most arrivals wait.</summary>
    [Theory]
    [InlineData(1, 0.7, 0.02)]
    [InlineData(8, 0.8, 0.06)]
    [InlineData(20, 0.9, 0.06)]
    public void Waits_nearly_as_an_event_driven_queue_with_log_normal_service_does(int servers, double rho, double tolerance)
    {
        var options = new BackendOptions { Concurrency = servers };
        var mean = 0.8 * Math.Exp(0.08);
        var service = new Random(2);
        var expected = ReferenceQueue.MeanWait(servers, rho * servers / mean, _ => LogNormal.Sample(service, Math.Log(0.8), 0.4), 1_000_000, 1);
        Assert.Equal(1, SteadyWait(options, rho * servers / mean) / expected, tolerance);
    }

    [Fact]
    public void A_backlog_grows_and_drains_at_the_difference_to_capacity()
    {
        var backend = New(new() { MaxQueueDelay = TimeSpan.FromHours(1) });
        for (var second = 1; second <= 60; second++)
        {
            Step(backend, 200);
            Assert.Equal(50.0 * second, backend.Backlog, 1e-9);
        }

        Assert.Equal(1, backend.Utilization);
        // The wait is what is before one, at capacity, beside the formula's wait at its largest utilization of 0.98.
        backend.BeginTick(1);
        var saturated = ErlangC.MeanWait(130, 0.98) * 0.8 * Math.Exp(0.08) * 0.5 * Math.Exp(0.16);
        Assert.Equal((3000 / 150.0) + saturated, backend.Wait, 1e-9);
        for (var second = 1; second < 60; second++)
        {
            Step(backend, 100);
            Assert.Equal(3000 - (50.0 * second), backend.Backlog, 1e-9);
        }

        for (var second = 0; second < 30; second++) Step(backend, 100);
        Assert.Equal(0, backend.Backlog);
        Assert.Equal(100 / 150.0, backend.Utilization, 1e-9);
    }

    [Fact]
    public void Sheds_while_the_wait_is_over_the_limit_at_a_tenth_of_the_work()
    {
        var backend = New(new());
        while (!backend.Sheds) Step(backend, 450);
        Assert.InRange(backend.Wait, 10, 12.5);
        var before = backend.Backlog;
        backend.EndTick(0, 500);
        Assert.Equal(before + 50 - 150, backend.Backlog, 1e-9);
    }

    [Fact]
    public void Lost_capacity_takes_servers_and_drives_utilization_up()
    {
        var backend = New(new());
        backend.StartAt(60);
        Assert.Equal(0.4, backend.Utilization, 1e-12);
        backend.BeginTick(0.5);
        Assert.Equal(75, backend.Capacity);
        Assert.Equal(0.8, backend.Utilization, 1e-12);
        Assert.Equal(ErlangC.MeanWait(65, 0.8) * 0.8 * Math.Exp(0.08) * 0.5 * Math.Exp(0.16), backend.Wait, 1e-12);
        backend.BeginTick(1);
        Assert.Equal(0.4, backend.Utilization, 1e-12);
    }

    [Fact]
    public void Without_any_capacity_everything_is_shed()
    {
        var backend = New(new() { MaxQueueDelay = TimeSpan.FromDays(10_000) });
        backend.BeginTick(0);
        Assert.True(backend.Sheds);
        Assert.Equal((double.PositiveInfinity, 1.0, 0.0), (backend.Wait, backend.Utilization, backend.Capacity));
    }

    [Fact]
    public void The_world_begins_in_its_steady_state_and_publishes_it()
    {
        var world = new World(TestWorlds.Flat(1000));
        var begin = SnapshotView.Of(world);
        Assert.Equal(world.Status().ActiveSessions / 15.0 / 1500, begin.Gauge("metricssim_backend_utilization_ratio"), 1e-12);
        Assert.Equal(0, begin.Gauge("metricssim_backend_backlog"));
        var sum = 0.0;
        for (var tick = 0; tick < 300; tick++) sum += SnapshotView.Of(world.StepSeconds(1)).Gauge("metricssim_backend_utilization_ratio");
        Assert.Equal(1500, SnapshotView.Of(world).Gauge("metricssim_backend_capacity"));
        // Offered load is one request in 15 s a session in progress, 1.005 attempts each; over five minutes its Poisson error is 1.5 %.
        Assert.Equal(world.Status().ActiveSessions / 15.0 * 1.005 / 1500, sum / 300, 0.08 * sum / 300);
    }

    private static double SteadyWait(BackendOptions options, double requestsPerSecond)
    {
        var backend = New(options);
        backend.StartAt(requestsPerSecond);
        return backend.Wait;
    }

    private static QueueingBackend New(BackendOptions options) => new(options, 100, Second);

    private static void Step(QueueingBackend backend, long admitted)
    {
        backend.BeginTick(1);
        backend.EndTick(admitted, 0);
    }
}
