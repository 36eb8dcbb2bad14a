using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Reports;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>Plays scenarios on a daemon in real time and has them judged.</summary>
/// <param name="daemon">The daemon.</param>
/// <param name="follower">Follows what runs there.</param>
/// <param name="judge">Judges it.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Takes lines for the user.</param>
internal sealed class LivePlayer(DaemonState daemon, LiveFollower follower, LiveJudge judge, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly List<LiveSimulation> _started = [];

    /// <summary>Plays them, one after the other or at once. Whatever happens, nothing of it is left running.</summary>
    /// <param name="request">What to play.</param>
    /// <param name="progress">Told how each one is.</param>
    /// <param name="stop">Interrupts it.</param>
    /// <returns>The runs, judged.</returns>
    public async Task<IReadOnlyList<JudgedRun>> PlayAsync(LiveRequest request, Action<LiveSimulation, DaemonClock> progress, CancellationToken stop)
    {
        var config = await follower.PatientAsync(daemon.ConfigAsync, stop);
        var ids = request.Ids ?? [.. config.World.Scenarios.Keys.Order(StringComparer.Ordinal)];
        Check(ids, config);
        var names = new PublishedNames(config.World.Telemetry, request.Match);
        try
        {
            var batches = request.Concurrent ? [ids.Index().ToArray()] : ids.Index().Select(one => new[] { one });
            var runs = new List<JudgedRun>();
            foreach (var batch in batches) runs.AddRange(await PlayAsync(batch, config, names, request, progress, stop));
            return runs;
        }
        finally
        {
            await LeaveNothingBehindAsync();
        }
    }

    private async Task<IReadOnlyList<JudgedRun>> PlayAsync(
        (int Index, string Id)[] batch, SimulatorConfig config, PublishedNames names, LiveRequest request, Action<LiveSimulation, DaemonClock> progress,
        CancellationToken stop)
    {
        // The scrape nearest to the start is to be one just before it.
        var clock = await follower.PatientAsync(daemon.ClockAsync, stop);
        await judge.UntilScrapedAsync(names, clock.Simulated, stop);
        var others = await follower.PatientAsync(daemon.RunningAsync, stop);
        var simulations = new List<LiveSimulation>();
        foreach (var (index, id) in batch)
        {
            var simulation = await StartAsync(index, id, config, request, stop);
            simulations.Add(simulation);
            tell($"{id} runs as {simulation.Run.SimulationId} on {daemon.Url}, from {CtlFields.Time(simulation.Run.StartedAt)} to {CtlFields.Time(simulation.Run.StartedAt + simulation.Run.Duration)} simulated");
        }

        await follower.UntilEndedAsync(simulations, progress, stop);
        var runs = new List<JudgedRun>();
        foreach (var simulation in simulations)
        {
            await judge.UntilScrapedAsync(names, simulation.Latest!.EndsAt, stop);
            var judged = await judge.JudgeAsync(simulation, names, daemon.Url, stop);
            if (others.Count > 0) judged = WithNote(judged, $"the daemon played something else besides, which every figure contains: {string.Join(", ", others)}");
            runs.Add(await WithTruthAsync(judged, stop));
        }

        return runs;
    }

    private async Task<LiveSimulation> StartAsync(int index, string id, SimulatorConfig config, LiveRequest request, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var began = time.GetTimestamp();
        var simulation = await daemon.StartAsync(id, request);
        var start = new StartSimulation(id) { Duration = request.Duration, Compress = request.Compress ?? 1, Seed = request.Seed };
        var scenario = config.World.Scenarios[id];
        var run = new PlayedRun
        {
            Scenario = scenario,
            Options = config.World,
            Start = start,
            SimulationId = simulation,
            Plan = TimelinePlan.Of(scenario, start, config.World.Tick),
        };
        var started = new LiveSimulation(index, run, began);
        _started.Add(started);
        var seen = await follower.PatientAsync(given => daemon.SimulationAsync(simulation, given), stop);
        return _started[^1] = started with { Run = run with { StartTick = (long)Math.Round((seen.StartedAt - config.World.Start) / config.World.Tick) } };
    }

    private async Task<JudgedRun> WithTruthAsync(JudgedRun judged, CancellationToken stop)
    {
        if (await follower.PatientAsync(given => daemon.TruthAsync(judged.Run.SimulationId, given), stop) is { } truth)
            return judged with { Truth = TruthReader.Read(truth, judged.Run.SimulationId) };
        return WithNote(judged, "the daemon tells no ground truth");
    }

    private static JudgedRun WithNote(JudgedRun judged, string note) => judged with { Live = judged.Live! with { Notes = [.. judged.Live.Notes, note] } };

    private static void Check(IReadOnlyList<string> ids, SimulatorConfig config)
    {
        var problems = ids.Where(id => !config.World.Scenarios.ContainsKey(id)).Select(id => $"the daemon: {ScenarioOptions.UnknownScenario(id, config)}").ToList();
        if (problems.Count > 0) throw new CtlException(ExitCodes.BadInput, problems);
    }

    private async Task LeaveNothingBehindAsync()
    {
        using var late = new CancellationTokenSource(StopTimeout, time);
        foreach (var simulation in _started.Where(simulation => !simulation.Ended))
        {
            try
            {
                await daemon.StopAsync(simulation.Run.SimulationId, late.Token);
                tell($"stopped {simulation.Run.SimulationId} ({simulation.Run.Scenario.Id})");
            }
            catch (Exception e) when (e is CtlException or OperationCanceledException)
            {
                // It has ended meanwhile, or went with the daemon.
                if (e is not CtlException { Status: not null }) tell($"could not stop {simulation.Run.SimulationId} ({simulation.Run.Scenario.Id}): {e.Message}");
            }
        }
    }
}
