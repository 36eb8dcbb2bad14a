using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting;

public sealed class ThreadLanesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Every_lane_runs_once_each_time(int count)
    {
        ILanes lanes = ThreadLanes.For(count);
        using var end = (IDisposable)lanes;
        var runs = new int[count];

        for (int i = 0; i < 2000; i++) lanes.Run(lane => runs[lane]++);

        Assert.Equal(count, lanes.Count);
        Assert.All(runs, times => Assert.Equal(2000, times));
    }

    [Fact]
    public void A_lane_that_throws_throws_from_the_caller_and_the_lanes_go_on()
    {
        ILanes lanes = ThreadLanes.For(3);
        using var end = (IDisposable)lanes;

        var thrown = Assert.Throws<InvalidOperationException>(() => lanes.Run(lane =>
        {
            if (lane == 2) throw new InvalidOperationException("lane 2");
        }));
        Assert.Equal("lane 2", thrown.Message);

        int sum = 0;
        lanes.Run(lane => Interlocked.Add(ref sum, lane));
        Assert.Equal(3, sum);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        ILanes lanes = ThreadLanes.For(2);
        using var end = (IDisposable)lanes;
        var cells = new int[2];
        Action<int> body = lane => cells[lane]++;
        for (int i = 0; i < 100; i++) lanes.Run(body);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) lanes.Run(body);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Theory]
    [InlineData(1, 1_000_000, 1, 1)]
    [InlineData(0, 100, 1, 1)]
    [InlineData(3, 100, 1, 3)]
    [InlineData(1, 100, 100_000, 1)]
    public void The_number_of_threads_follows_the_option_and_the_size_of_the_world(int threads, int users, int series, int expected)
    {
        ILanes lanes = ThreadLanes.For(threads, World(users, series));
        using var end = lanes as IDisposable;
        Assert.Equal(expected, lanes.Count);
    }

    [Theory]
    [InlineData(1_000_000, 1)]
    [InlineData(100, 100_000)]
    public void A_large_world_has_a_thread_for_each_processor(int users, int series)
    {
        ILanes lanes = ThreadLanes.For(0, World(users, series));
        using var end = lanes as IDisposable;
        Assert.Equal(Environment.ProcessorCount, lanes.Count);
    }

    [Fact]
    public void The_world_is_the_same_on_any_number_of_threads()
    {
        WorldOptions options = TestScenarios.Config(users: 5000).World;
        var serial = new World(options);
        ILanes lanes = ThreadLanes.For(3);
        using var end = (IDisposable)lanes;
        var threaded = new World(options, lanes);
        serial.Step(120);
        threaded.Step(120);

        var one = new MetricsSim.Core.Series.Snapshot(serial.Layout);
        var other = new MetricsSim.Core.Series.Snapshot(threaded.Layout);
        serial.CopyTo(one);
        threaded.CopyTo(other);

        Assert.Equal(one.Columns, other.Columns);
    }

    private static WorldOptions World(int users, int series) => new()
    {
        Population = new() { Total = users },
        SeriesGroups = [new() { Id = "g", Name = "g", Labels = new LabelProduct([new RandomValues(series, 8) { Name = "l" }], series) }],
    };
}
