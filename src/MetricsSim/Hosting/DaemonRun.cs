using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Journal;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Hosting;

/// <summary>The run that a daemon serves: a new one, or one that goes on from its journal.</summary>
internal sealed class DaemonRun
{
    private readonly DaemonOptions _options;
    private readonly Resumption? _resumed;
    private readonly World _world;

    private DaemonRun(DaemonOptions options, ILanes lanes, World world, LiveRuns runs, SimulationStatus? initial, Resumption? resumed)
    {
        _options = options;
        _world = world;
        _resumed = resumed;
        Lanes = lanes;
        Runs = runs;
        Initial = initial;
        Config = resumed?.Config ?? options.Config;
    }

    /// <summary>The configuration in effect.</summary>
    public SimulatorConfig Config { get; }

    /// <summary>Where parts of a tick run; dispose them if they can be.</summary>
    public ILanes Lanes { get; }

    /// <summary>What is recorded of simulations.</summary>
    public LiveRuns Runs { get; }

    /// <summary>The simulation it begins with, if it is a new run with one.</summary>
    public SimulationStatus? Initial { get; }

    /// <summary>Makes the world, and starts the scenario it begins with, or takes both from the journal. Nothing is written.</summary>
    /// <param name="options">What the daemon is started with.</param>
    /// <param name="journal">Its journal, or null for none.</param>
    /// <param name="log">Takes warnings.</param>
    /// <returns>The run.</returns>
    /// <exception cref="BadOptionException">It can't be started so.</exception>
    /// <exception cref="BadJournalException">It can't be resumed.</exception>
    public static DaemonRun Prepare(DaemonOptions options, DaemonJournal? journal, ILogger log)
    {
        ILanes lanes = ThreadLanes.For(options.Threads, options.Config.World);
        if (options.Journal?.Resume == true)
        {
            Resumption resumed = Resumption.From(journal!, options, lanes, log);
            return new DaemonRun(options, lanes, resumed.World, resumed.Runs, null, resumed);
        }

        var world = new World(options.Config.World, lanes);
        var runs = new LiveRuns(world, options.Time);
        return new DaemonRun(options, lanes, world, runs, Begin(world, runs, options.Initial), null);
    }

    /// <summary>Makes the loop; it does not run yet.</summary>
    /// <param name="journal">Where it notes changes, or null for nowhere.</param>
    /// <param name="metrics">Where ticks are counted.</param>
    /// <param name="log">Where it says that it lags.</param>
    /// <returns>The loop.</returns>
    public SimulationLoop Loop(DaemonJournal? journal, RuntimeMetrics metrics, ILogger log)
    {
        int changes = _resumed?.Journal.Changes.Count ?? (Initial is null ? 0 : 1);
        LoopJournal? notes = journal is null ? null : new LoopJournal(journal, _options.Time, changes, Runs);
        return new SimulationLoop(_world, Config.Speed, _options.Time, metrics, log, Runs, notes, _resumed?.CatchUp);
    }

    /// <summary>Opens the journal for writing: the one that is resumed from, or a new one with what the run begins with.</summary>
    /// <param name="journal">The journal.</param>
    /// <exception cref="JournalFailedException">It can't be written.</exception>
    public void Open(DaemonJournal journal)
    {
        if (_resumed is not null)
        {
            journal.Continue(_resumed.Journal);
            return;
        }

        DateTimeOffset now = _options.Time.GetUtcNow();
        var header = new HeaderRecord
        {
            Engine = BuildVersion.Text,
            Seed = Config.World.Seed,
            Start = Config.World.Start,
            TickLength = Config.World.Tick,
            Anchor = now,
            Speed = Config.Speed,
            Scenario = Initial?.ScenarioId,
            Config = (Config.Source ?? throw new InvalidOperationException("A journal holds the texts of its configuration, and there are none.")).PinnedTo(Config.World.Start),
        };
        journal.Begin(Initial is null ? [header] : [header, new CommandRecord(0, now, _options.Initial!)]);
    }

    private static SimulationStatus? Begin(World world, LiveRuns runs, StartSimulation? initial)
    {
        if (initial is null) return null;
        if (initial.Compress is not (>= StartSimulation.LeastCompress and <= StartSimulation.MostCompress))
            throw new BadOptionException($"can't compress a timeline by {initial.Compress}: allowed are {StartSimulation.LeastCompress} to {StartSimulation.MostCompress}");
        world.Observer = runs.Hear;
        CommandOutcome outcome = world.Apply(initial);
        runs.Applied(world, initial, outcome);
        return outcome.Applied ? outcome.Simulation : throw new BadOptionException(outcome.Detail ?? $"can't start scenario {initial.ScenarioId}");
    }
}
