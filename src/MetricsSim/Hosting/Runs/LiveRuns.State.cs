using System.Text.Json;
using System.Text.Json.Serialization;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Hosting.Runs;

/// <content>Saving what is recorded along with the world, and going on from it.</content>
internal sealed partial class LiveRuns
{
    private static readonly JsonSerializerOptions Exact = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes all that is recorded and known, on the loop's thread at a tick boundary: the length of a JSON document, that, and columns.</summary>
    /// <param name="to">Takes it.</param>
    public void Save(Stream to)
    {
        lock (_lock)
        {
            var history = _history.Tapes.ToList();
            var spans = _loose.Concat(_runs.SelectMany(run => run.Faults));
            List<RunTape> tapes = [.. _runs.Select(run => run.Tape).Concat(spans.Select(span => span.Tape)).OfType<RunTape>().Distinct().Except(history), .. history];
            var state = new RunsState(
                [.. tapes.Select(tape => new TapeState(tape.StartTick, tape.Ticks, tape.Sample, [.. tape.SeenAt.Take(tape.Boundary + 1)]))],
                history.Count, _audit.Losses, Dropped, [.. _runs.Select(run => Of(run, tapes))], [.. _loose.Select(span => Of(span, tapes))]);
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, Exact);
            to.Write(BitConverter.GetBytes(json.Length));
            to.Write(json);
            foreach (var tape in tapes) TapeColumns.Write(tape, to);
        }
    }

    /// <summary>
    /// Goes on from what was saved, at the tick at which it was saved. A simulation whose scenario is no longer in the catalogue is forgotten.
    /// </summary>
    /// <param name="world">The world, restored likewise; its observer is up to the caller.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="from">What was saved; if it is empty, recording begins anew.</param>
    /// <returns>The recorder.</returns>
    /// <exception cref="InvalidDataException">It is not what was saved.</exception>
    public static LiveRuns Restore(World world, TimeProvider time, Stream from)
    {
        byte[] length = new byte[sizeof(int)];
        int read = from.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
        if (read == 0) return new LiveRuns(world, time);
        try
        {
            if (read < length.Length) throw new EndOfStreamException();
            byte[] json = new byte[BitConverter.ToInt32(length)];
            from.ReadExactly(json);
            RunsState state = JsonSerializer.Deserialize<RunsState>(json, Exact) ?? throw new InvalidDataException("What was recorded of simulations is missing.");
            List<RunTape> tapes = [.. state.Tapes.Select(tape => new RunTape(tape.StartTick, tape.Ticks, tape.Sample, world.Options.Tick, tape.SeenAt))];
            foreach (var tape in tapes) TapeColumns.Read(tape, from);
            return Restored(world, time, state, tapes);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"What was recorded of simulations can't be read: {e.Message}", e);
        }
    }

    private static LiveRuns Restored(World world, TimeProvider time, RunsState state, List<RunTape> tapes)
    {
        var history = tapes.TakeLast(state.Histories).ToList();
        var runs = new LiveRuns(world, time, new LiveHistory(world.Options.Tick, history.Count > 1 ? history[0] : null, history.LastOrDefault()))
        {
            Dropped = state.Dropped,
        };
        runs._audit.Losses = state.Losses;
        foreach (var saved in state.Runs)
        {
            if (!world.Options.Scenarios.TryGetValue(saved.ScenarioId, out var scenario)) continue;
            var run = Of(saved, scenario, saved.Tape < 0 ? null : tapes[saved.Tape], world.Options.Tick);
            run.Faults.AddRange(saved.Faults.Select(span => Of(span, run, tapes)));
            runs._runs.Add(run);
            if (run is { Tape: not null, State: SimulationState.Running }) runs._recorded.Add(run);
            if (run is { Judgement: null, State: not SimulationState.Running }) runs._ended.Add(run);
        }

        runs._loose.AddRange(state.Loose.Select(span => Of(span, null, tapes)));
        runs._open.AddRange(runs._loose.Concat(runs._runs.SelectMany(run => run.Faults)).Where(span => span.EndTick is null));
        runs.Tell();
        return runs;
    }

    private static RunState Of(LiveRun run, List<RunTape> tapes) => new()
    {
        Id = run.Id,
        ScenarioId = run.Scenario.Id,
        Duration = run.Start.Duration,
        Compress = run.Start.Compress,
        Seed = run.Start.Seed,
        StartTick = run.StartTick,
        State = run.State,
        EndedAt = run.EndedAt,
        NotRecorded = run.NotRecorded,
        Tape = run.Tape is null ? -1 : tapes.IndexOf(run.Tape),
        AuditEvery = run.AuditEvery,
        Faults = [.. run.Faults.Select(span => Of(span, tapes))],
        Judgement = run.Judgement,
    };

    private static LiveRun Of(RunState saved, Scenario scenario, RunTape? tape, TimeSpan tick)
    {
        var start = new StartSimulation(scenario.Id) { Duration = saved.Duration, Compress = saved.Compress, Seed = saved.Seed };
        var run = new LiveRun(saved.Id, scenario, saved.StartTick)
        {
            Start = start,
            Plan = TimelinePlan.Of(scenario, start, tick),
            Tape = tape,
            NotRecorded = saved.NotRecorded,
            Overloads = tape is null ? null : new OverloadWatch(tape.Series),
            AuditEvery = saved.AuditEvery,
            State = saved.State,
            EndedAt = saved.EndedAt,
            Judgement = saved.Judgement,
        };
        if (tape is not null) run.Overloads!.Advance(tape.Boundary);
        return run;
    }

    private static SpanState Of(FaultSpan span, List<RunTape> tapes) => new(
        span.Id, span.Fault, span.StartTick, span.EndTick, span.WallStart, span.WallEnd, span.Tape is null ? -1 : tapes.IndexOf(span.Tape), span.Symptoms);

    private static FaultSpan Of(SpanState saved, LiveRun? owner, List<RunTape> tapes) => new(saved.Id, saved.Fault, saved.StartTick, owner)
    {
        EndTick = saved.EndTick,
        WallStart = saved.WallStart,
        WallEnd = saved.WallEnd,
        Tape = saved.Tape < 0 ? null : tapes[saved.Tape],
        Symptoms = saved.Symptoms,
    };
}
