using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

/// <summary>Memory stays flat however many sessions come and go.</summary>
public sealed class SessionChurnTests
{
    [Fact]
    public void A_day_of_1000_users_needs_no_more_than_its_first_hours()
    {
        var world = new World((TestWorlds.Flat(1000) with { Tick = TimeSpan.FromSeconds(10) }).BySession());
        var snapshot = new Snapshot(world.Layout);
        world.StepSeconds(4 * 3600);
        var early = Room();
        world.StepSeconds(20 * 3600);
        Assert.Equal(early, Room());
        Assert.True(world.SessionRowsCreated > 20 * world.SessionRows, $"{world.SessionRowsCreated} sessions came, {world.SessionRows} are there");

        long Room()
        {
            world.CopyTo(snapshot);
            return world.Blocks.Sum(block => block.Series!.Capacity + block.Series.Columns.Sum(column => (long)column.Length));
        }
    }

    [Fact]
    public void Only_new_rows_allocate()
    {
        var world = new World(TestWorlds.Flat(2000).BySession());
        world.Step(3600);
        var (quiet, ticks, bytes, started) = (0, 0, 0L, world.SessionRowsCreated);
        for (var tick = 0; tick < 600; tick++)
        {
            var (before, created) = (GC.GetAllocatedBytesForCurrentThread(), world.SessionRowsCreated);
            world.Step();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            bytes += allocated;
            if (world.SessionRowsCreated > created) continue;
            ticks++;
            if (allocated <= 200) quiet++;
        }

        Assert.True(ticks > 100, $"{ticks} ticks without a new session");
        Assert.InRange(quiet, ticks - 2, ticks);
        Assert.InRange(bytes / (double)(world.SessionRowsCreated - started), 100, 600);
    }
}
