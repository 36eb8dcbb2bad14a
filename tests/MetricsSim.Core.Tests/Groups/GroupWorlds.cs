using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Groups;

/// <summary>Worlds with series groups, and their series by text.</summary>
internal static class GroupWorlds
{
    public static readonly ValueProcess[] Processes =
    [
        new ConstantProcess(2.5),
        new UniformProcess(-1, 4),
        new WalkProcess(3, 1, 0, 10),
        new OuProcess(5, 1, 0.1),
        new SineProcess(2, 3, TimeSpan.FromSeconds(40)),
        new PoissonProcess(3),
        new LogNormalProcess(2, 0.7),
    ];

    public static readonly Lifecycle[] Lifecycles =
    [
        new StableLifecycle(),
        new ChurningLifecycle(TimeSpan.FromSeconds(20), 0.3, null),
        new IntermittentLifecycle(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(10)),
        new SpikingLifecycle(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(20), 2.5, "b"),
    ];

    /// <summary>Every type with every process and every lifecycle: 140 groups.</summary>
    public static SeriesGroupOptions[] Everything { get; } =
    [
        .. from type in Enum.GetValues<GroupType>()
           from process in Enumerable.Range(0, Processes.Length)
           from life in Enumerable.Range(0, Lifecycles.Length)
           select Group($"{type}_{process}_{life}", type, 10 + process) with
           {
               Metrics = 1 + (process % 3),
               Values = Processes[process],
               Lifecycle = Lifecycles[life],
               Interval = TimeSpan.FromSeconds(1 + process),
               Decimals = process % 2 == 0 ? null : 2,
               DailyAmplitude = life == 0 ? 0.4 : 0,
           },
    ];

    public static SeriesGroupOptions Group(string id, GroupType type, int series, ValueProcess? values = null, Lifecycle? life = null) => new()
    {
        Id = id,
        Name = id,
        Help = "A group.",
        Type = type,
        Labels = Labels(series),
        Values = values ?? new ConstantProcess(1),
        Lifecycle = life ?? new StableLifecycle(),
    };

    public static GroupLabels Labels(int series) =>
        new LabelProduct([new ListedValues(["x", "y"]) { Name = "a" }, new RandomValues(Math.Max(1, (series + 1) / 2), 6) { Name = "b" }], series);

    public static WorldOptions Options(params SeriesGroupOptions[] groups) => TestWorlds.Flat(3).WithoutRequests() with { SeriesGroups = groups };

    public static WorldOptions ShardOf(this WorldOptions options, int index, int count) =>
        options with { Telemetry = options.Telemetry with { Shard = new Shard(index, count) } };

    public static WorldOptions TickOf(this WorldOptions options, double seconds) => options with { Tick = TimeSpan.FromSeconds(seconds) };

    /// <summary>The cells of all series of the groups that are on the page, by name and labels.</summary>
    public static Dictionary<string, long[]> GroupSeries(this World world)
    {
        var snapshot = SnapshotView.Of(world).Snapshot;
        var names = world.Options.SeriesGroups.SelectMany(group => Enumerable.Range(0, group.Metrics).Select(group.NameOf)).ToHashSet(StringComparer.Ordinal);
        var series = new Dictionary<string, long[]>(StringComparer.Ordinal);
        for (var i = 0; i < snapshot.Layout.Families.Count; i++)
        {
            var family = snapshot.Layout.Families[i];
            if (!names.Contains(family.Name)) continue;
            foreach (var (row, labels) in snapshot.RowsOf(i))
                series.Add($"{family.Name}{{{string.Join(',', labels.Select(label => label.Value))}}}", snapshot.Columns[i][(row * family.Stride)..((row + 1) * family.Stride)]);
        }

        return series;
    }

    /// <summary>The first cells of a group's only metric, as doubles.</summary>
    public static double[] Values(this World world, string name = "g")
    {
        var snapshot = SnapshotView.Of(world);
        var family = snapshot.Family(name);
        return [.. snapshot.Series(name).Select(series => family.Divisor == 0 ? BitConverter.Int64BitsToDouble(series.Cells[0]) : (double)series.Cells[0] / family.Divisor)];
    }
}
