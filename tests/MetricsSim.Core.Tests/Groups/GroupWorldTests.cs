using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire.RemoteWrite;
using MetricsSim.Wire.RemoteWrite;
using Xunit;

namespace MetricsSim.Core.Tests.Groups;

/// <summary>Every type with every process and every lifecycle, in one world.</summary>
public sealed class GroupWorldTests
{
    private const ulong Stale = 0x7FF0000000000002;
    private static readonly WorldOptions Everything = GroupWorlds.Options(GroupWorlds.Everything);

    [Fact]
    public void Page_and_forecast_agree_on_the_number_of_series_at_all_times()
    {
        var world = new World(Everything);
        var forecast = new SeriesForecast(Everything);
        foreach (var seconds in new[] { 0, 19, 1, 10, 25, 60, 185 })
        {
            world.StepSeconds(seconds);
            var at = world.Tick * Everything.Tick;
            var page = Wire.Pages.Parse(world);
            var actual = page.Samples.GroupBy(sample => GroupOf(sample.Name)).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
            foreach (var group in forecast.Groups)
            {
                var expected = group.SeriesAt(at);
                var there = actual.GetValueOrDefault(group.Id);
                // Of ten intermittent series one or two more or less are many.
                var tolerance = group.Id.EndsWith("_2", StringComparison.Ordinal) ? 0.2 * expected : 0;
                Assert.True(Math.Abs(expected - there) <= tolerance, $"{group.Id} at {at}: {there}, expected {expected}");
            }

            var reading = new WorldReading();
            world.Read(reading);
            Assert.Equal(page.Samples.Count, reading.PageSamples);
            Assert.InRange(page.Samples.Count, 0.98 * forecast.SeriesAt(at), 1.02 * forecast.SeriesAt(at));
        }

        static string GroupOf(string name) => Everything.SeriesGroups.Select(group => group.Id).FirstOrDefault(id => name.StartsWith(id, StringComparison.Ordinal)) ?? "";
    }

    [Fact]
    public void Series_that_come_up_are_those_of_the_forecast()
    {
        var world = new World(Everything);
        var seen = world.GroupSeries().Keys.ToHashSet(StringComparer.Ordinal);
        var created = 0;
        for (var second = 0; second < 200; second += 5)
        {
            world.StepSeconds(5);
            created += world.GroupSeries().Keys.Count(seen.Add);
        }

        // The page has a line for each bucket of what is a series here.
        var expected = Everything.SeriesGroups.Zip(new SeriesForecast(Everything).Groups)
            .Sum(pair => pair.Second.SeriesCreated(TimeSpan.Zero, TimeSpan.FromSeconds(200)) / GroupFamilies.Of(pair.First, 0).SamplesPerSeries);
        Assert.InRange(created, 0.98 * expected, 1.02 * expected);
    }

    [Fact]
    public void What_counts_never_falls_while_its_series_lives()
    {
        var world = new World(Everything);
        var before = world.GroupSeries();
        for (var second = 0; second < 120; second += 5)
        {
            var now = world.StepSeconds(5).GroupSeries();
            foreach (var (series, cells) in now.Where(series => !series.Key.StartsWith("Gauge", StringComparison.Ordinal)))
            {
                if (!before.TryGetValue(series, out var then)) continue;
                // Doubles that are not negative have the order of their bits; quantiles of a summary are no counts.
                var first = series.StartsWith("Summary", StringComparison.Ordinal) ? 3 : 0;
                for (var cell = first; cell < cells.Length; cell++) Assert.True(cells[cell] >= then[cell], $"{series} fell in cell {cell} at {second}");
            }

            before = now;
        }

        Assert.InRange(before.Values.Count(cells => cells[^1] != 0), before.Count * 0.9, before.Count);
    }

    [Fact]
    public void Threads_decide_nothing()
    {
        var large = GroupWorlds.Options([.. GroupWorlds.Everything.Select(group => group with { Labels = GroupWorlds.Labels(1500), Metrics = 1 }).Where((_, i) => i % 9 == 0)]);
        var alone = new World(large).StepSeconds(31).GroupSeries();
        var together = new World(large, new ThreadedLanes(4)).StepSeconds(31).GroupSeries();
        Assert.Equal(alone.Keys, together.Keys);
        Assert.All(alone, series => Assert.Equal(series.Value, together[series.Key]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    public void Shards_together_are_the_whole(int count)
    {
        var gap = new AddFault(new() { Type = FaultType.SeriesGap, AffectedPercentage = 30 }, null);
        var whole = Play(Everything);
        var shards = Enumerable.Range(1, count).Select(index => Play(Everything.ShardOf(index, count))).ToList();
        Assert.Equal(whole.Count, shards.Sum(shard => shard.Count));
        Assert.All(shards.SelectMany(shard => shard), series => Assert.Equal(whole[series.Key], series.Value));

        Dictionary<string, long[]> Play(WorldOptions options)
        {
            var world = new World(options).StepSeconds(20);
            world.Apply(gap);
            return world.StepSeconds(13).GroupSeries();
        }
    }

    [Fact]
    public void A_restored_world_goes_on_as_the_saved_one()
    {
        var world = new World(Everything).StepSeconds(33);
        using var memory = new MemoryStream();
        world.Save(new StateWriter(memory));
        memory.Position = 0;
        var restored = World.Restore(Everything, new StateReader(memory));
        AssertSame(world, restored);
        AssertSame(world.StepSeconds(60), restored.StepSeconds(60));
        memory.Position = 0;
        var other = Everything with { SeriesGroups = [.. Everything.SeriesGroups.Skip(1)] };
        Assert.StartsWith("the saved state is of another world: its series groups are ", Assert.Throws<InvalidDataException>(() => World.Restore(other, new StateReader(memory))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_reload_groups_as_they_were_go_on_and_others_begin_anew()
    {
        var world = new World(Everything).StepSeconds(33);
        var changed = Everything.SeriesGroups[0] with { Values = new ConstantProcess(77) };
        var counter = Everything.SeriesGroups.First(group => group.Type == GroupType.Counter && group.Lifecycle is StableLifecycle);
        var added = counter with { Id = "added", Name = "added", Metrics = 1 };
        var reloaded = world.Reloaded(Everything with
        {
            SeriesGroups = [added, changed, .. Everything.SeriesGroups.Skip(1).Select(group => group == counter ? group with { Quantiles = [0.1] } : group with { Help = "Other words." })],
        });
        Assert.All(reloaded.Values("added"), value => Assert.Equal(0, value));
        Assert.All(reloaded.Values(changed.Id), value => Assert.Equal(77, value / 1.4, 20.0));
        var (before, after) = (world.GroupSeries(), reloaded.GroupSeries());
        var others = before.Where(series => !series.Key.StartsWith(changed.Id, StringComparison.Ordinal) && !series.Key.StartsWith(counter.NameOf(0), StringComparison.Ordinal)).ToList();
        Assert.True(others.Count > 1000);
        Assert.All(others, series => Assert.Equal(series.Value, after[series.Key]));
        Assert.All(after.Where(series => series.Key.StartsWith(counter.NameOf(0), StringComparison.Ordinal)), series => Assert.Equal(0, series.Value[0]));
        var (then, now) = (world.StepSeconds(40).GroupSeries(), reloaded.StepSeconds(40).GroupSeries());
        Assert.All(then.Where(series => others.Exists(other => other.Key == series.Key)), series => Assert.Equal(series.Value, now[series.Key]));
    }

    [Fact]
    public void Faults_of_the_telemetry_act_on_groups()
    {
        var world = new World(Everything).StepSeconds(15);
        var whole = world.GroupSeries().Count;
        world.Apply(new AddFault(new() { Type = FaultType.SeriesGap, AffectedPercentage = 40 }, TimeSpan.FromSeconds(3)));
        var few = world.GroupSeries();
        Assert.InRange(few.Count, 0.5 * whole, 0.7 * whole);
        Assert.Equal(few.Keys.Where(Stays), world.StepSeconds(1).GroupSeries().Keys.Where(Stays));
        var reading = new WorldReading();
        world.Read(reading);
        Assert.Equal(Wire.Pages.Parse(world).Samples.Count, reading.PageSamples);
        world.StepSeconds(3).Apply(new AddFault(new() { Type = FaultType.CounterReset }, null));
        var zero = world.GroupSeries();
        Assert.All(zero.Where(series => !series.Key.StartsWith("Gauge", StringComparison.Ordinal)), series => Assert.Equal(0, series.Value[^1]));
        Assert.Contains(zero, series => series.Key.StartsWith("Gauge", StringComparison.Ordinal) && series.Value[0] != 0);

        static bool Stays(string series) => series.Contains("_0{", StringComparison.Ordinal);
    }

    [Fact]
    public void Other_groups_change_nothing_of_a_group()
    {
        var some = GroupWorlds.Options([.. GroupWorlds.Everything.Where((_, i) => i % 5 == 0).Reverse()]);
        var all = new World(Everything).StepSeconds(30).GroupSeries();
        Assert.All(new World(some).StepSeconds(30).GroupSeries(), series => Assert.Equal(all[series.Key], series.Value));
    }

    [Fact]
    public void Ticks_and_snapshots_allocate_nothing_for_series_that_stay()
    {
        // Tables of Poisson means grow with the day, and those of sessions now and then.
        Assert.Equal(Least([]), Least([.. GroupWorlds.Everything.Where(group => group.Lifecycle is StableLifecycle)]));

        static long Least(SeriesGroupOptions[] groups)
        {
            var world = new World(GroupWorlds.Options(groups)).StepSeconds(40);
            var snapshot = new Snapshot(world.Layout);
            world.CopyTo(snapshot);
            var least = long.MaxValue;
            for (var window = 0; window < 5; window++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                world.StepSeconds(30);
                world.CopyTo(snapshot);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }

    [Fact]
    public void Pushes_say_what_the_page_says_and_end_the_series_that_went()
    {
        var world = new World(Everything);
        var encoder = new RemoteWriteEncoder(world.Layout, []);
        var before = new HashSet<string>(StringComparer.Ordinal);
        for (var push = 0; push < 4; push++)
        {
            world.StepSeconds(14);
            var samples = new List<WrittenSample>();
            encoder.Write(SnapshotView.Of(world).Snapshot, 1_767_607_200_000 + push, request => samples.AddRange(WriteRequestReader.Read(request.Body).Samples));
            var there = samples.Where(sample => sample.Bits != Stale).Select(sample => sample.Series).ToHashSet(StringComparer.Ordinal);
            var page = Wire.Pages.Parse(world).Samples;
            // A histogram with exponential buckets alone has none of the page's lines in a push.
            Assert.Equal(page.Count(sample => !sample.Name.StartsWith("Native", StringComparison.Ordinal)), there.Count(series => !series.Contains("__name__=Native", StringComparison.Ordinal)));
            Assert.Equal(before.Except(there).Order(StringComparer.Ordinal), samples.Where(sample => sample.Bits == Stale).Select(sample => sample.Series).Order(StringComparer.Ordinal));
            before = there;
        }
    }

    private static void AssertSame(World one, World other)
    {
        var (a, b) = (one.GroupSeries(), other.GroupSeries());
        Assert.Equal(a.Keys, b.Keys);
        Assert.All(a, series => Assert.Equal(series.Value, b[series.Key]));
    }
}
