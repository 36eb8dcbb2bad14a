using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Hosting.Journal;

/// <summary>A run that goes on: what its journal and its latest checkpoint come to.</summary>
internal sealed record Resumption
{
    /// <summary>The configuration in effect: the run's own, but ports and logs as they are asked for now.</summary>
    public required SimulatorConfig Config { get; init; }

    /// <summary>The world at the checkpoint, or at tick 0.</summary>
    public required World World { get; init; }

    /// <summary>What is recorded of simulations.</summary>
    public required LiveRuns Runs { get; init; }

    /// <summary>What is between it and where its clock would be.</summary>
    public required CatchUp CatchUp { get; init; }

    /// <summary>The journal, to be continued.</summary>
    public required JournalContents Journal { get; init; }

    /// <summary>Restores a run.</summary>
    /// <param name="journal">Its journal.</param>
    /// <param name="options">What the daemon is started with now.</param>
    /// <param name="lanes">Where parts of a tick run.</param>
    /// <param name="log">Takes warnings.</param>
    /// <returns>The run; nothing has been written.</returns>
    /// <exception cref="BadJournalException">It can't be resumed from.</exception>
    /// <exception cref="BadOptionException">What is asked for now is not what the run has.</exception>
    public static Resumption From(DaemonJournal journal, DaemonOptions options, ILanes lanes, ILogger log)
    {
        JournalContents contents = journal.Read();
        HeaderRecord header = contents.Header;
        if (header.Engine != BuildVersion.Text)
            throw new BadJournalException($"{journal.Path}: it was written by version {header.Engine}, and this is {BuildVersion.Text}, in which the same run may come out otherwise: resume it with the former, or start without --resume");
        if (contents.Damaged > 0) JournalLog.TailCut(log, journal.Path, contents.Damaged);
        ConfigSource latest = InForce(contents, contents.Changes.Count);
        SimulatorConfig config = Read(latest, contents, journal.Path);
        Check(options, config, latest, contents);
        if (options.Config.Source?.FilesDiffer(latest) == true) JournalLog.OtherConfiguration(log);

        var replay = new ReplayClock(options.Time, contents.Seen);
        (World world, LiveRuns runs, int done) = Restore(journal, contents, lanes, replay, log);
        ChangeRecord[] changes = [.. contents.Changes.Skip(done)];
        var catchUp = new CatchUp(
            world.Tick, header.TickLength, changes, source => Read(source, contents, journal.Path).World, contents.Clock, contents.LastTick, options.Time, replay, log)
        { TellsProgress = !options.ShowsProgress };
        JournalLog.Resuming(log, world.Tick, catchUp.Progress.Target);
        return new Resumption
        {
            Config = config with
            {
                Server = options.Config.Server,
                Logging = options.Config.Logging,
                Path = options.Config.Path,
                Source = latest with { Overrides = [.. latest.Asked.Where(asked => !IsOfProcess(asked)), .. (options.Config.Source?.Overrides ?? []).Where(IsOfProcess)] },
            },
            World = world,
            Runs = runs,
            CatchUp = catchUp,
            Journal = contents,
        };
    }

    private static bool IsOfProcess(ConfigOverride asked) =>
        asked.Key.StartsWith("server.", StringComparison.Ordinal) || asked.Key.StartsWith("logging.", StringComparison.Ordinal);

    private static (World World, LiveRuns Runs, int Changes) Restore(
        DaemonJournal journal, JournalContents contents, ILanes lanes, ReplayClock replay, ILogger log)
    {
        foreach (CheckpointRecord record in contents.Checkpoints.Reverse())
        {
            try
            {
                if (journal.Read(record) is { } checkpoint)
                {
                    var restored = World.Restore(Options(record.Changes), new StateReader(checkpoint.Open(Checkpoint.World)), lanes);
                    return (restored, LiveRuns.Restore(restored, replay, checkpoint.Open(Checkpoint.Runs)), record.Changes);
                }

                JournalLog.CheckpointSkipped(log, record.File, "its file is damaged or gone");
            }
            catch (InvalidDataException e)
            {
                JournalLog.CheckpointSkipped(log, record.File, e.Message);
            }
        }

        var world = new World(Options(0), lanes);
        return (world, new LiveRuns(world, replay), 0);

        WorldOptions Options(int changes) => Read(InForce(contents, changes), contents, journal.Path).World;
    }

    private static ConfigSource InForce(JournalContents contents, int changes) =>
        contents.Changes.Take(changes).OfType<ReloadRecord>().LastOrDefault()?.Config ?? contents.Header.Config;

    private static SimulatorConfig Read(ConfigSource source, JournalContents contents, string path)
    {
        ConfigResult result = source.PinnedTo(contents.Header.Start).Read();
        return result.Config ?? throw new BadJournalException($"{path}: its configuration is not valid: {string.Join("; ", result.Errors)}");
    }

    /// <summary>Flags may be repeated, but not say something else.</summary>
    private static void Check(DaemonOptions options, SimulatorConfig config, ConfigSource source, JournalContents contents)
    {
        var problems = new List<string>();
        foreach (ConfigOverride asked in options.Config.Source?.Overrides ?? [])
        {
            ConfigSource with = source.PinnedTo(contents.Header.Start) with { Overrides = [.. source.PinnedTo(contents.Header.Start).Overrides, asked] };
            if (with.Read().Config is not { } other) continue;
            Compare(asked, "users", config.World.Population.Total, other.World.Population.Total);
            Compare(asked, "seed", config.World.Seed, other.World.Seed);
            Compare(asked, "shard", config.World.Telemetry.Shard, other.World.Telemetry.Shard);
            Compare(asked, "start", config.World.Start, other.World.Start);
            Compare(asked, "speed", config.Speed, other.Speed);
        }

        var began = contents.Changes is [CommandRecord first, ..] ? first.Command as StartSimulation : null;
        if (options.Initial is { } initial && (contents.Header.Scenario is null || initial != began))
            problems.Add($"--scenario {initial.ScenarioId}: the run that is resumed began {(contents.Header.Scenario is { } id ? $"with {id}, or with other options" : "without a scenario")}; start it by ctl or the API");
        if (problems.Count > 0) throw new BadOptionException(string.Join("\nmetricssim: ", problems));

        void Compare<T>(ConfigOverride asked, string what, T run, T now)
        {
            if (!EqualityComparer<T>.Default.Equals(run, now))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{asked.Origin}: {asked.Text} contradicts the run that is resumed, whose {what} is {run}; leave it out, or start without --resume"));
        }
    }
}
