using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>Shards of one seed together are the unsharded run, series for series and value for value.</summary>
public sealed class ShardTests
{
    private const int Users = 37;

    private static readonly FaultSpec[] Telemetry =
    [
        new() { Type = FaultType.SeriesGap, AffectedPercentage = 30 },
        new() { Type = FaultType.CardinalityExplosion, AffectedPercentage = 50, MaxSeries = 40 },
        new() { Type = FaultType.CounterReset },
    ];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var count in new[] { 1, 3, 16 })
            {
                foreach (var labels in new[] { "default", "no user", "nothing", "sessions", "all", "quirks", "quirks by session" }) cases.Add(count, labels);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_shards_together_are_the_unsharded_run(int count, string labels)
    {
        var whole = Series(Play(Labels(labels), Shard.Whole, Quirks(labels)));
        var shards = Enumerable.Range(1, count).Select(index => Series(Play(Labels(labels), new Shard(index, count), Quirks(labels)))).ToList();
        var together = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var (series, cells) in shards.SelectMany(shard => shard))
        {
            if (together.TryGetValue(series, out var sum)) together[series] = [.. sum.Zip(cells, (a, b) => a + b)];
            else together.Add(series, cells);
        }

        Assert.Equal(whole.Keys.Order(StringComparer.Ordinal), together.Keys.Order(StringComparer.Ordinal));
        Assert.All(whole, series => Assert.Equal(series.Value, together[series.Key]));
        Assert.All(
            whole.Keys.Where(series => series.Contains("user_id=", StringComparison.Ordinal) || series.StartsWith("metricssim_", StringComparison.Ordinal)),
            series => Assert.Single(shards, shard => shard.ContainsKey(series)));
        Assert.All(shards.Skip(1), shard => Assert.DoesNotContain(shard.Keys, series => series.StartsWith("metricssim_", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_world_behind_a_shard_is_the_whole_one()
    {
        var whole = Play(new LabelOptions(), Shard.Whole).Status();
        var shard = Play(new LabelOptions(), new Shard(2, 3)).Status();
        Assert.Equal(whole.TotalRequests, shard.TotalRequests);
        Assert.Equal(whole.TotalCost, shard.TotalCost);
        Assert.Equal(whole.ActiveSessions, shard.ActiveSessions);
    }

    [Fact]
    public void A_shard_keeps_the_memory_of_its_own_users_only()
    {
        var options = TestWorlds.Options(1600);
        var whole = Cells(new World(options));
        var shard = Cells(new World(options with { Telemetry = new() { Shard = new(2, 16) } }));
        Assert.InRange(shard, whole / 20, whole / 14);

        static long Cells(World world) => world.Layout.Families.Sum(family => (long)family.CellCount);
    }

    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/16", 3, 16)]
    [InlineData("10000/10000", 10_000, 10_000)]
    public void A_text_names_a_shard(string text, int index, int count)
    {
        Assert.True(Shard.TryParse(text, out var shard));
        Assert.Equal(new Shard(index, count), shard);
        Assert.Equal(text, shard!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/0")]
    [InlineData("1/10001")]
    [InlineData("1/2/3")]
    [InlineData(" 1/3")]
    [InlineData("1/99999999999")]
    [InlineData("١/٣")]
    public void Any_other_text_names_none(string text) => Assert.False(Shard.TryParse(text, out _));

    private static QuirkOptions Quirks(string which) => which.StartsWith("quirks", StringComparison.Ordinal)
        ? new() { CounterFallback = true, NonzeroStart = true, LostAttributes = true, OldNames = true }
        : new();

    private static LabelOptions Labels(string which) => which switch
    {
        "default" => new(),
        "no user" => new() { UserId = false },
        "sessions" => new() { SessionId = true },
        "quirks by session" => new() { SessionId = true, UserId = false, QuerySource = true },
        "nothing" => new() { UserId = false, UserType = false, OrganizationId = false, TerminalType = false },
        _ => new() { UserEmail = true, UserAccountUuid = true, AppVersion = true, StartType = true, QuerySource = true, Effort = true },
    };

    private static World Play(LabelOptions labels, Shard shard, QuirkOptions? quirks = null)
    {
        var world = new World((TestWorlds.Options(Users) with { Telemetry = new() { Histograms = HistogramKinds.Both, Labels = labels, Shard = shard, Quirks = quirks ?? new() } })
            .With(TestWorlds.Scenario("s", 3600, (0, new IncreaseLoadEvent(20, null)), (600, new InjectFailureEvent(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 }, null)))));
        Assert.True(world.Apply(new StartSimulation("s")).Applied);
        world.StepSeconds(900);
        foreach (var fault in Telemetry) Assert.True(world.Apply(new AddFault(fault, null)).Applied);
        return world.StepSeconds(300);
    }

    private static Dictionary<string, long[]> Series(World world)
    {
        var page = SnapshotView.Of(world);
        return page.Snapshot.Layout.Families
            .SelectMany(family => page.Series(family.Name).Select(series => (Name: Name(family, series.Labels), series.Cells)))
            .ToDictionary(series => series.Name, series => series.Cells, StringComparer.Ordinal);
    }

    private static string Name(MetricFamily family, Dictionary<string, string> labels) =>
        family.Name + "{" + string.Join(',', labels.Select(label => $"{label.Key}={label.Value}")) + "}";
}
