using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <content>Saving a world and going on from what was saved.</content>
public sealed partial class World
{
    /// <summary>
    /// Writes everything that decides what comes next and what is published, at the present tick boundary. What follows from the options
    /// is not written; how many lanes there are leaves no trace.
    /// </summary>
    /// <param name="to">Takes the state.</param>
    public void Save(StateWriter to)
    {
        to.Begin();
        WriteIdentity(to);
        to.Section("simulations");
        _simulations.Write(to);
        to.Section("backend");
        _backend.Write(to);
        to.Section("users");
        foreach (var block in _blocks) block.Write(to);
        to.Section("series");
        PopulationRecorder.Write(to, _recorders);
        _counterBase.Write(to);
        _requestSeries.Write(to);
        to.Section("groups");
        _groups.Write(to);
        to.End();
    }

    /// <summary>A world that goes on exactly where the saved one stood. It has no <see cref="Observer"/> yet.</summary>
    /// <param name="options">The options that the saved world was made from.</param>
    /// <param name="from">The state.</param>
    /// <param name="lanes">Where parts of a tick run; null is the caller's thread.</param>
    /// <returns>The world.</returns>
    /// <exception cref="InvalidDataException">The state is damaged, or not of these options; the message is for people.</exception>
    public static World Restore(WorldOptions options, StateReader from, ILanes? lanes = null)
    {
        from.Begin();
        var world = new World(options, lanes, stationary: false);
        world.Tick = world.ReadIdentity(from);
        from.Section("simulations");
        world._simulations.Read(from, world.Tick);
        from.Section("backend");
        world._backend.Read(from);
        from.Section("users");
        foreach (var block in world._blocks) block.Read(from, world.Tick * world._tickMicros);
        from.Section("series");
        world._recorders[0].Read(from);
        world._counterBase.Read(from, world.Tick);
        world._requestSeries.Read(from, world._simulations.Faults.Explosions);
        from.Section("groups");
        world._groups.Read(from, world.Tick);
        world.FollowFaults();
        from.End();
        return world;
    }

    /// <summary>What tells this world from others, as far as the state's shape goes; then the tick.</summary>
    private void WriteIdentity(StateWriter to)
    {
        to.Section("world");
        to.Write(Options.Seed);
        to.Write(Options.Start);
        to.Write(Options.Tick);
        to.Write(Options.Population.Total);
        to.Write(Options.Telemetry.Shard.ToString());
        Write(Options.Population.Segments.Select(segment => segment.Name));
        Write(Options.Models.Select(model => model.Id));
        Write(_families.All.Select(NameWithAxis));
        Write(_groups.Shapes);
        to.Write(Tick);

        void Write(IEnumerable<string> names)
        {
            var all = names.ToArray();
            to.Write(all.Length);
            foreach (var name in all) to.Write(name);
        }
    }

    private static string NameWithAxis(MetricFamily family) => family.Name + (family.Rows is LiveRows ? " by session" : "");

    private long ReadIdentity(StateReader from)
    {
        from.Section("world");
        Same("seed", from.Read<ulong>(), Options.Seed);
        Same("start", from.Instant(), Options.Start);
        Same("tick", from.Read<TimeSpan>(), Options.Tick);
        Same("number of users", from.Read<int>(), Options.Population.Total);
        Same("shard", from.Text(), Options.Telemetry.Shard.ToString());
        SameNames("segments", [.. Options.Population.Segments.Select(segment => segment.Name)]);
        SameNames("models", [.. Options.Models.Select(model => model.Id)]);
        SameNames("metrics", [.. _families.All.Select(NameWithAxis)]);
        SameNames("series groups", [.. _groups.Shapes]);
        return from.Between(0, (DateTimeOffset.MaxValue - Options.Start).Ticks / Options.Tick.Ticks - 1, "tick");

        void Same<T>(string what, T theirs, T ours)
        {
            if (!EqualityComparer<T>.Default.Equals(theirs, ours))
                throw StateReader.Foreign($"its {what} is {theirs}, that of the options is {ours}");
        }

        void SameNames(string what, string[] ours)
        {
            var theirs = new string[from.Index(1 << 16)];
            for (var i = 0; i < theirs.Length; i++) theirs[i] = from.Text();
            if (!theirs.SequenceEqual(ours))
                throw StateReader.Foreign($"its {what} are {string.Join(", ", theirs)}, those of the options are {string.Join(", ", ours)}");
        }
    }
}
