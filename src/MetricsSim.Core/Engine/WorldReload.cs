using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <content>Going on under other options.</content>
public sealed partial class World
{
    /// <summary>
    /// A world under new options that goes on where this one stands, and is seen by the same observer; this one is left as it is. Users
    /// keep their activity, sessions and requests in progress theirs, the backend its backlog, and simulations and faults play on as they
    /// began, whatever the new catalogue has. Sessions whose model is gone go on with the first of the new models. A counter or histogram
    /// with the same name and labels goes on from its value; others are gone, or begin at 0. A series group that is as it was goes on, others
    /// begin anew.
    /// </summary>
    /// <param name="options">Validated options with this world's seed, start, tick, number of users and shard.</param>
    /// <returns>The world; with the same options it goes on exactly as this one does.</returns>
    /// <exception cref="ArgumentException">The options are of another seed, start, tick, number of users or shard; the message is for people.</exception>
    public World Reloaded(WorldOptions options)
    {
        string[] changes =
        [
            .. Change("seed", Options.Seed, options.Seed),
            .. Change("start", Options.Start, options.Start),
            .. Change("tick", Options.Tick, options.Tick),
            .. Change("number of users", Options.Population.Total, options.Population.Total),
            .. Change("shard", Options.Telemetry.Shard, options.Telemetry.Shard),
        ];
        if (changes.Length > 0) throw new ArgumentException($"a running world keeps its {string.Join(", and its ", changes)}", nameof(options));
        var world = new World(options, _lanes, stationary: false) { Tick = Tick };
        var ids = options.Models.Select(model => model.Id).ToList();
        byte[] models = [.. Options.Models.Select(model => (byte)Math.Max(0, ids.IndexOf(model.Id)))];
        for (var i = 0; i < _blocks.Length; i++) world._blocks[i].TakeOver(_blocks[i], models, Tick * _tickMicros);
        world._backend.TakeOver(_backend);
        CarrySimulations(world);
        var match = new SeriesMatch(_families.All, world._families.All);
        world._recorders[0].TakeOver(_recorders, match);
        world._counterBase.TakeOver(_counterBase, match);
        world._requestSeries.TakeOver(_requestSeries, world._simulations.Faults.Explosions);
        world._groups.TakeOver(_groups, Tick);
        world.FollowFaults();
        world.Observer = Observer;
        world.ClientObserver = ClientObserver;
        return world;
    }

    /// <summary>Simulations and faults pass through their saved state, so that they find their models among the new ones.</summary>
    private void CarrySimulations(World to)
    {
        using var memory = new MemoryStream();
        var writer = new StateWriter(memory);
        writer.Begin();
        _simulations.Write(writer);
        writer.End();
        memory.Position = 0;
        var reader = new StateReader(memory);
        reader.Begin();
        to._simulations.Read(reader, Tick);
    }

    private static IEnumerable<string> Change<T>(string what, T before, T now) =>
        EqualityComparer<T>.Default.Equals(before, now) ? [] : [$"{what}, which is {before}, not {now}"];
}
