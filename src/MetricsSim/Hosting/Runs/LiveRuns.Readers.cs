using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Hosting.Runs;

/// <content>What other threads read. The lock is held for copying lists only; the columns of tapes are read without it.</content>
internal sealed partial class LiveRuns
{
    private static readonly RunSeries Nothing = new RunSeries(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).Until(0);

    /// <summary>The incidents that are known, in order of start.</summary>
    /// <param name="simulation">Only those of a simulation; null for all.</param>
    /// <param name="scenario">Only those of a scenario; null for all.</param>
    /// <returns>Those of simulations that run, and have ended, and of faults outside of them.</returns>
    public IReadOnlyList<Incident> Truth(string? simulation = null, string? scenario = null)
    {
        List<Func<IReadOnlyList<Incident>>> parts;
        lock (_lock)
        {
            parts =
            [
                .. _runs.Where(run => (simulation is null || run.Id == simulation) && (scenario is null || run.Scenario.Id == scenario)).Select(TruthOf),
                .. _loose.Where(_ => simulation is null && scenario is null).Select(span => Loose($"inc_{span.Id["fault_".Length..]}", span, null)),
            ];
        }

        return [.. parts.SelectMany(part => part()).OrderBy(incident => incident.Start)];
    }

    /// <summary>What a simulation comes to.</summary>
    /// <param name="simulation">Its id.</param>
    /// <param name="soFar">Whether to judge one that still runs over what there is so far.</param>
    /// <returns>Null for one that isn't known or has not been judged.</returns>
    public Judgement? JudgementOf(string simulation, bool soFar)
    {
        Func<Judgement> judge;
        lock (_lock)
        {
            if (_runs.Find(one => one.Id == simulation) is not { } run) return null;
            if (run.Judgement is not null || run.State != SimulationState.Running || !soFar) return run.Judgement;
            judge = Judging(run);
        }

        return judge();
    }

    /// <summary>Judges the simulations that have ended since it was called last, and lets go of what was recorded of them.</summary>
    /// <returns>The simulations, in order of end, with their judgements.</returns>
    public IReadOnlyList<LiveRun> JudgeEnded()
    {
        List<(LiveRun Run, Func<Judgement> Judge)> ended;
        lock (_lock)
        {
            ended = [.. _ended.Select(run => (run, Judging(run)))];
            _ended.Clear();
        }

        foreach (var (run, judge) in ended)
        {
            var judgement = judge();
            lock (_lock)
            {
                (run.Judgement, run.Tape) = (judgement, null);
                foreach (var span in run.Faults) span.Tape = null;
            }
        }

        return [.. ended.Select(one => one.Run)];
    }

    /// <summary>Looks for the symptoms of faults outside of recorded simulations that are over, or older than what is recorded.</summary>
    public void SettleLoose()
    {
        List<(FaultSpan Span, Func<IReadOnlyList<Incident>> Truth)> settled;
        lock (_lock)
        {
            settled =
            [
                .. _loose.Concat(_runs.SelectMany(run => run.Faults))
                    .Where(span => span.Tape is { } tape && (span.WallEnd is not null || tape.IsFull))
                    .Select(span => (span, Loose("", span, span.Owner?.Scenario))),
            ];
        }

        foreach (var (span, truth) in settled)
        {
            var symptoms = truth() is [var incident] ? incident.Affected : [];
            lock (_lock) (span.Symptoms, span.Tape) = (symptoms, null);
        }
    }

    private Func<Judgement> Judging(LiveRun run)
    {
        var over = run.State switch
        {
            SimulationState.Running => JudgedOver.SoFar,
            SimulationState.Stopped => JudgedOver.Part,
            _ => JudgedOver.Whole,
        };
        var truth = TruthOf(run);
        if (run.Tape is null) return () => new Judgement(over, run.Unjudged(), truth());
        var recorded = Recorded(run, run.Tape);
        return () => new Judgement(over, Judge.All(recorded), truth());
    }

    private Func<IReadOnlyList<Incident>> TruthOf(LiveRun run)
    {
        if (run.Judgement is { } judged) return () => judged.Truth;
        if (run.Tape is not null)
        {
            var recorded = Recorded(run, run.Tape);
            return () => GroundTruth.Of(recorded);
        }

        var spans = run.Faults.Where(span => span.Seen(0) is not null)
            .Select((span, i) => Loose($"inc_{run.Id["sim_".Length..]}{(i == 0 ? "" : $"_{i + 1}")}", span, run.Scenario)).ToList();
        return () => [.. spans.SelectMany(span => span())];
    }

    private RecordedRun Recorded(LiveRun run, RunTape tape) => new()
    {
        Scenario = run.Scenario,
        Options = _options,
        Start = run.Start,
        SimulationId = run.Id,
        Plan = run.Plan,
        Layout = _layout,
        Series = tape.SoFar(),
        StartTick = run.StartTick,
        Ended = run.State != SimulationState.Running,
        Faults = [.. run.Faults.Select(span => span.Seen(run.StartTick)).OfType<RecordedFault>()],
        SeenAt = tape.SeenAt,
    };

    private Func<IReadOnlyList<Incident>> Loose(string id, FaultSpan span, Scenario? scenario)
    {
        var origin = span.Tape?.StartTick ?? 0;
        if (span.Seen(origin) is not { } fault) return () => [];
        var (options, layout, symptoms, series) = (_options, _layout, span.Symptoms, span.Tape?.SoFar() ?? Nothing);
        return () =>
        {
            var incident = GroundTruth.Of(id, fault, scenario, series, options.Start + (options.Tick * origin), options.Tick, layout);
            return [symptoms is null ? incident : incident with { Affected = symptoms }];
        };
    }
}
