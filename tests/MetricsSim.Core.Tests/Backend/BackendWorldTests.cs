using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Backend;

/// <summary>What the backend makes of a world under load.</summary>
public sealed class BackendWorldTests
{
    /// <summary>Little 1961: the mean number in flight is throughput × mean time in flight; without retries that is the published duration.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public void Littles_law_holds(double load)
    {
        var world = new World(LoadedWorlds.Options(20 * load, new() { Capacity = 20, Retries = 0 })).StepSeconds(300);
        var (begin, inFlight) = (SnapshotView.Of(world), 0L);
        const int Seconds = 7200;
        for (var second = 0; second < Seconds; second++) inFlight += world.StepSeconds(1).Blocks.Sum(block => (long)block.InFlight);
        var end = SnapshotView.Of(world);
        var micros = end.SumOfObservations("metricssim_request_duration_seconds") - begin.SumOfObservations("metricssim_request_duration_seconds");
        var (mean, expected) = ((double)inFlight / Seconds, micros / 1e6 / Seconds);
        // Sampled once a second, a number in flight N with correlation over one service time has an error of about √(N/7200).
        Assert.InRange(mean / expected, 1 - (5 / Math.Sqrt(expected * Seconds)), 1 + (5 / Math.Sqrt(expected * Seconds)));
        Assert.True(load < 0.95 || expected > 1.3 * 20 * load * 0.8 * Math.Exp(0.08), "waits must show for the test to mean anything");
    }

    /// <summary>
    /// 250/s against 150/s with the default two retries. A share p of attempts is shed; a request makes 1 + p + p² attempts, and capacity
    /// is what the admitted and a tenth of the shed take: 250(1 + p + p²)(1 − 0.9p) = 150, p = 0.853, goodput 250(1 − p³) = 95/s.
    /// </summary>
    [Fact]
    public void Overload_is_shed_at_the_longest_wait_and_goodput_is_what_is_left_of_capacity()
    {
        var world = new World(LoadedWorlds.Options(250, new() { Capacity = 150 })).StepSeconds(300);
        var (answered, refused, begin) = (world.Ended(""), world.Ended("rate_limit"), world.Status());
        var waits = new List<double>();
        for (var second = 0; second < 900; second++) waits.Add(world.StepSeconds(1).Backend.Wait);
        var status = world.Status();
        var requests = status.TotalRequests - begin.TotalRequests;
        Assert.InRange(requests / 900.0, 240, 260);
        Assert.InRange((world.Ended("") - answered) / 900.0, 80, 105);
        // Of the errors all but the base failures of last attempts are refusals.
        Assert.InRange((world.Ended("rate_limit") - refused) / (double)(status.TotalErrors - begin.TotalErrors), 0.995, 1);
        Assert.InRange((status.TotalErrors - begin.TotalErrors) / (double)requests, 0.58, 0.68);
        // The wait swings around the limit: up by what one tick lets in, down by what a tick works off.
        Assert.InRange(waits.Average(), 10, 12);
        Assert.InRange(waits.Min(), 8.5, 10);
        Assert.InRange(waits.Max(), 10, 10 + (4 * 250 / 150.0));
        Assert.Equal(1, world.Backend.Utilization);
    }

    /// <summary>Answers and timeouts in any 60 s are at most what 60 s of capacity can serve, but for the requests of one tick at either end.</summary>
    [Theory]
    [InlineData(250, 60, 10)]
    [InlineData(600, 60, 10)]
    [InlineData(250, 60, 40)]
    public void Throughput_never_exceeds_capacity(double offered, double timeoutSeconds, double maxQueueDelaySeconds)
    {
        var backend = new BackendOptions
        {
            Capacity = 150, Retries = 0, Timeout = TimeSpan.FromSeconds(timeoutSeconds), MaxQueueDelay = TimeSpan.FromSeconds(maxQueueDelaySeconds), BaseFailure = 0,
        };
        var world = new World(LoadedWorlds.Options(offered, backend)).StepSeconds(60);
        var served = new List<long>();
        for (var second = 0; second < 900; second++) served.Add(world.StepSeconds(1).Ended("") + world.Ended("timeout"));
        var windows = served.Skip(60).Zip(served, (end, begin) => end - begin).ToArray();
        Assert.InRange(windows.Max(), 0, (150 * 60) + (2 * offered));
        // Over the long run not one tick's requests matter.
        Assert.InRange((served[^1] - served[0]) / 899.0, 0, 151);
        Assert.True(windows.Average() > 0.5 * 150 * 60, "it must be busy for the test to mean anything");
    }

    /// <summary>
    /// Design §3.4's metastable state: at load 0.8 a burst fills the queue past the timeout. With three retries every request is then
    /// offered four times, which keeps the queue full; without, the queue drains.
    /// </summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public void After_a_trigger_retries_decide_whether_it_recovers(int retries, bool recovers)
    {
        var backend = new BackendOptions
        {
            Capacity = 30, Retries = retries, Timeout = TimeSpan.FromSeconds(5), MaxQueueDelay = TimeSpan.FromSeconds(30),
        };
        var world = LoadedWorlds.Playing(LoadedWorlds.Options(24, backend), (1200, new BurstLoadEvent(5, TimeSpan.FromSeconds(180))));
        Assert.True(Answered(world, 1200) > 0.98, "it must be well before the trigger");
        Assert.True(Answered(world, 600) < 0.8, "the burst must overload it");
        world.StepSeconds(600);
        // From 20 min after the burst, whose sessions have ended by then, for more than an hour.
        for (var window = 0; window < 8; window++) Assert.InRange(Answered(world, 600), recovers ? 0.98 : 0, recovers ? 1 : 0.01);
    }

    /// <summary>The world of the metastable state with the default three give-ups to fail: sessions end, the load goes with them, and so does the trouble.</summary>
    [Fact]
    public void Users_that_leave_take_the_metastable_state_with_them()
    {
        var backend = new BackendOptions { Capacity = 30, Retries = 3, Timeout = TimeSpan.FromSeconds(5), MaxQueueDelay = TimeSpan.FromSeconds(30) };
        var options = LoadedWorlds.Options(24, backend);
        // Sessions of half an hour instead of a minute, so that leaving early makes a difference.
        options = options with
        {
            Population = options.Population with { Segments = [TestWorlds.OneSegment(1800, 0.4)] },
            Workload = options.Workload with { SessionsPerHour = options.Workload.SessionsPerHour / 30, GiveUpsToFail = 3 },
        };
        var world = LoadedWorlds.Playing(options, (1200, new BurstLoadEvent(5, TimeSpan.FromSeconds(600))));
        Assert.True(Answered(world, 1200) > 0.98, "it must be well before the trigger");
        Assert.True(Answered(world, 1200) < 0.9, "the burst must overload it");
        world.StepSeconds(2400);
        Assert.InRange(Answered(world, 600), 0.98, 1);
    }

    [Fact]
    public void The_backend_is_the_same_tick_by_tick_whatever_the_lanes()
    {
        var options = LoadedWorlds.Options(250, new() { Capacity = 150 }) with { Seed = 5 };
        // Four blocks.
        options = options with
        {
            Population = options.Population with { Total = 3300 },
            Workload = options.Workload with { SessionsPerHour = options.Workload.SessionsPerHour / 3.3 },
        };
        var (one, four) = (new World(options), new World(options, new ThreadedLanes(4)));
        for (var second = 0; second < 300; second++)
        {
            one.Step();
            four.Step();
            Assert.Equal(
                (one.Backend.Backlog, one.Backend.Wait, one.Backend.OfferedRatio), (four.Backend.Backlog, four.Backend.Wait, four.Backend.OfferedRatio));
        }

        Assert.True(one.Backend.Backlog > 1000, "it must be loaded for the test to mean anything");
        Assert.Equal(SnapshotView.Of(one).Hash(), SnapshotView.Of(four).Hash());
    }

    /// <summary>Share of a time's requests that are answered.</summary>
    private static double Answered(World world, double seconds)
    {
        var (answered, requests) = (world.Ended(""), world.Status().TotalRequests);
        world.StepSeconds(seconds);
        return (world.Ended("") - answered) / (double)(world.Status().TotalRequests - requests);
    }
}
