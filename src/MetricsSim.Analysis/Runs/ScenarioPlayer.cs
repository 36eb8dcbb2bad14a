using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>Plays a scenario in a world of its own, in virtual time, and records it.</summary>
public static class ScenarioPlayer
{
    /// <summary>A longer run is recorded in samples of several ticks, of at most <see cref="LongestSample"/>.</summary>
    private const long MostSamples = 100_000;

    private static readonly TimeSpan LongestSample = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AuditEvery = TimeSpan.FromSeconds(60);

    /// <summary>Plays it.</summary>
    /// <param name="options">The world; <paramref name="start"/> names one of its scenarios.</param>
    /// <param name="start">Which scenario, how much of it, how fast.</param>
    /// <param name="lanes">Where parts of a tick run; null is the caller's thread.</param>
    /// <param name="progress">Told now and then which share is done, 0–1.</param>
    /// <param name="watch">Looks on.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <returns>The recorded run.</returns>
    /// <exception cref="InvalidOperationException">The scenario can't be started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RecordedRun Play(
        WorldOptions options,
        StartSimulation start,
        ILanes? lanes = null,
        Action<double>? progress = null,
        RunWatch? watch = null,
        CancellationToken stop = default)
    {
        var world = new World(options, lanes);
        var outcome = world.Apply(start);
        if (outcome.Simulation is not { } simulation) throw new InvalidOperationException(outcome.Detail);
        var scenario = options.Scenarios[start.ScenarioId];
        var plan = TimelinePlan.Of(scenario, start, options.Tick);
        var sample = Math.Clamp((plan.Ticks + MostSamples - 1) / MostSamples, 1, Math.Max(1, LongestSample.Ticks / options.Tick.Ticks));
        var series = new RunSeries((int)((plan.Ticks + sample - 1) / sample), sample * options.Tick, plan.Ticks * options.Tick);
        var recorder = new RunRecorder(series);
        var audit = new CounterAudit(world.Layout, world.Options.Telemetry.Shard.IsWhole);
        var page = new Snapshot(world.Layout);
        var auditEvery = (int)Math.Max(1, AuditEvery.Ticks / series.Step.Ticks);
        recorder.Record(world, Look(world, recorder, audit, page));
        watch?.Look(world, 0);
        var losses = 0L;
        var every = watch?.Ticks(options.Tick) ?? plan.Ticks;
        for (var boundary = 1; boundary <= series.Count; boundary++)
        {
            stop.ThrowIfCancellationRequested();
            var end = Math.Min(plan.Ticks, boundary * sample);
            while (world.Tick - (world.Tick % every) + every is var look && look < end)
            {
                world.Step(look - world.Tick);
                watch?.Look(world, losses);
            }

            world.Step(end - world.Tick);
            if (boundary % auditEvery == 0 || boundary == series.Count)
            {
                losses = Look(world, recorder, audit, page);
                progress?.Invoke((double)boundary / series.Count);
            }

            recorder.Record(world, losses);
            if (end == plan.Ticks || world.Tick % every == 0) watch?.Look(world, losses);
        }

        return new RecordedRun
        {
            Scenario = scenario,
            Options = options,
            Start = start,
            SimulationId = simulation.SimulationId,
            Plan = plan,
            Layout = world.Layout,
            Series = series,
        };
    }

    private static long Look(World world, RunRecorder recorder, CounterAudit audit, Snapshot page)
    {
        world.Read(recorder.Reading);
        world.CopyTo(page);
        return audit.Look(page, recorder.Reading);
    }
}
