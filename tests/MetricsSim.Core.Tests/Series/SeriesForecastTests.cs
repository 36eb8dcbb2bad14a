using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

/// <summary>What options alone say of the number of series, against worlds.</summary>
public sealed class SeriesForecastTests
{
    private const double Tolerance = 0.02;

    public static TheoryData<string> Cases => ["flat", "season", "bursts", "long retention", "no retention", "short sessions", "shard"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sessions_at_once_and_started_are_those_of_the_world(string which)
    {
        var options = Options(which);
        var (world, forecast) = (new World(options), new SeriesForecast(options));
        var (expected, actual) = (0.0, 0.0);
        var first = world.SessionRowsCreated;
        Close(forecast.SessionsAt(TimeSpan.Zero), world.SessionRows, 0.03);
        for (var quarter = 1; quarter <= 20; quarter++)
        {
            world.StepSeconds(900);
            expected += forecast.SessionsAt(TimeSpan.FromMinutes(15 * quarter));
            actual += world.SessionRows;
        }

        Close(expected, actual, Tolerance);
        Close(forecast.SessionsStarted(TimeSpan.Zero, TimeSpan.FromHours(5)), world.SessionRowsCreated - first, Tolerance);
        Close(forecast.SeriesAt(TimeSpan.FromHours(5)), Count(world), 0.03);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Series_that_stay_are_counted_exactly(bool byUser)
    {
        var labels = new LabelOptions { UserId = byUser, StartType = true };
        foreach (var shard in new[] { Shard.Whole, new Shard(1, 3), new Shard(3, 3) })
        {
            var options = TestWorlds.Options(50) with { Telemetry = new() { Labels = labels, Shard = shard } };
            var forecast = new SeriesForecast(options);
            Assert.Equal(Count(new World(options)), forecast.Lasting);
            Assert.Equal(0, forecast.PerSession);
            Assert.Equal(0, forecast.SeriesCreated(TimeSpan.Zero, TimeSpan.FromDays(1)));
            var sessions = options.BySession();
            var world = new World(sessions);
            Assert.Equal(Count(world), new SeriesForecast(sessions).Lasting + (new SeriesForecast(sessions).PerSession * world.SessionRows));
        }
    }

    private static WorldOptions Options(string which)
    {
        // Sessions without requests have the same lengths, but for the few that fail, and are quick to play.
        var options = (TestWorlds.Flat(20_000) with { Tick = TimeSpan.FromSeconds(5) }).WithoutRequests();
        return which switch
        {
            "season" => (options with { Activity = new(), Start = new(2026, 1, 5, 5, 0, 0, TimeSpan.Zero) }).BySession(),
            "bursts" => (options with { Activity = options.Activity with { Burst = new() { Enabled = true } } }).BySession(),
            "long retention" => options.BySession(7200),
            "no retention" => options.BySession(0),
            "short sessions" => (options with { Workload = options.Workload with { MaxSession = TimeSpan.FromMinutes(3), SessionsPerHour = 6 } }).BySession(60),
            "shard" => (options with { Telemetry = new() { Shard = new(2, 2) }, Workload = options.Workload with { SessionsPerHour = 6 } }).BySession(),
            _ => options.BySession(),
        };
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * expected, $"expected {expected:F1}, there were {actual:F1}");

    private static long Count(World world)
    {
        var snapshot = SnapshotView.Of(world).Snapshot;
        return snapshot.Layout.Families.Select((family, index) =>
            (long)snapshot.RowsOf(index).Count() * family.Leaves.Count * (family.Type == MetricType.Histogram ? family.Bounds.Count + 3 : 1)).Sum();
    }
}
