using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Truth;

/// <summary>The ground truth of a recorded run: an incident for each fault, and for each time in which more was offered than could be served.</summary>
public static class GroundTruth
{
    private const double WindowSeconds = 60;
    private const double UsualSeconds = 600;
    private const double LeastShare = 0.1;

    /// <summary>Tells it.</summary>
    /// <param name="run">The run, also one that still goes on.</param>
    /// <returns>The incidents, in order of start.</returns>
    public static IReadOnlyList<Incident> Of(RecordedRun run)
    {
        var signals = new Signals(run.Layout);
        var causes = run.Faults.Select(fault => Cause.Of(fault, run.Options.Tick, signals)).Concat(Overloads(run, signals)).OrderBy(cause => cause.From);
        var id = "inc_" + run.SimulationId["sim_".Length..];
        return [.. causes.Select((cause, i) => Tell(i == 0 ? id : $"{id}_{i + 1}", cause, run.Scenario, run.Series, run.StartedAt))];
    }

    /// <summary>Tells what a fault did that no recorded run accounts for.</summary>
    /// <param name="id">Id of the incident.</param>
    /// <param name="fault">The fault; its ticks count from the series' start.</param>
    /// <param name="scenario">The scenario it belongs to; null for none.</param>
    /// <param name="series">The world around it.</param>
    /// <param name="startedAt">Simulated time of the series' start.</param>
    /// <param name="tick">Length of a tick.</param>
    /// <param name="layout">What is published.</param>
    /// <returns>The incident, with the symptoms that the series shows.</returns>
    public static Incident Of(
        string id, RecordedFault fault, Scenario? scenario, RunSeries series, DateTimeOffset startedAt, TimeSpan tick, SeriesLayout layout) =>
        Tell(id, Cause.Of(fault, tick, new Signals(layout)), scenario, series, startedAt);

    private static Incident Tell(string id, Cause cause, Scenario? scenario, RunSeries series, DateTimeOffset startedAt)
    {
        var service = scenario?.Service ?? "backend";
        return new Incident
        {
            Id = id,
            ScenarioId = scenario?.Id,
            Kind = cause.Kind,
            Service = service,
            Start = startedAt + TimeSpan.FromSeconds(cause.From),
            End = cause.To is { } to ? startedAt + TimeSpan.FromSeconds(to) : null,
            WallStart = cause.WallStart,
            WallEnd = cause.WallEnd,
            Severity = scenario?.Severity ?? "medium",
            RootCause = new RootCause(service, cause.Candidates.Count > 0 ? cause.Candidates[0].Signal.Metric : "metricssim_active_faults"),
            Affected =
            [
                .. cause.Candidates.Select(candidate => Look(series, cause, candidate.Signal, candidate.Direction))
                    .OfType<Symptom>().OrderBy(symptom => symptom.LagSeconds),
            ],
            ExpectedAlerts = scenario?.Expected?.Alerts ?? [],
        };
    }

    /// <summary>The symptom, if the signal left its usual range and, unless it is one of an instant, on the whole stayed out of it until the incident's end, or until now.</summary>
    private static Symptom? Look(RunSeries series, Cause cause, Signal signal, int direction)
    {
        var (from, to) = (series.BoundaryAt(cause.From), series.BoundaryAt(cause.To ?? series.Duration.TotalSeconds));
        var before = series.Trailing(from, UsualSeconds);
        if (before.From == before.To) return null;
        var usual = Band.Of(
            RunSeries.Tiles(before, WindowSeconds).DefaultIfEmpty(before).Select(signal.Value),
            mean => Math.Max(signal.Least, LeastShare * Math.Abs(mean)));
        for (var boundary = from + 1; boundary <= to; boundary++)
        {
            var seen = series.Trailing(boundary, WindowSeconds);
            if (!Leaves(signal.Value(seen))) continue;
            var mean = signal.Value(signal.IsInstant ? seen : new RunWindow(series, Math.Min(boundary, to - 1), to));
            if (!Leaves(mean)) return null;
            return new Symptom(signal.Metric, signal.Selector, series.SecondsAt(boundary) - cause.From, direction > 0 ? "up" : "down", mean - usual.Mean);
        }

        return null;

        bool Leaves(double value) => (value - usual.Mean) * direction > usual.HalfWidth;
    }

    private static IEnumerable<Cause> Overloads(RecordedRun run, Signals signals)
    {
        var series = run.Series;
        var watch = new OverloadWatch(series);
        watch.Advance(series.Count);
        var candidates = SymptomTable.OfOverload(signals);
        return watch.Found.Select((part, i) =>
        {
            var goesOn = !run.Ended && watch.GoesOn(i);
            return new Cause(
                SymptomTable.Overload, series.SecondsAt(part.From), goesOn ? null : series.SecondsAt(part.To),
                SeenAfter(run, part.From), goesOn ? null : SeenAfter(run, part.To), candidates);
        });
    }

    /// <summary>Wall time of the first boundary that can show what happened after one.</summary>
    private static DateTimeOffset? SeenAfter(RecordedRun run, int boundary) =>
        run.SeenAt is { } seenAt ? new DateTimeOffset(seenAt[Math.Min(boundary + 1, run.Series.Count)], TimeSpan.Zero) : null;

    /// <summary>What was wrong, in seconds since the series' start, and what it can move.</summary>
    private sealed record Cause(
        string Kind, double From, double? To, DateTimeOffset? WallStart, DateTimeOffset? WallEnd, IReadOnlyList<(Signal Signal, int Direction)> Candidates)
    {
        public static Cause Of(RecordedFault fault, TimeSpan tick, Signals signals) => new(
            fault.Fault.Type.SnakeCase(), fault.Start * tick.TotalSeconds, fault.End * tick.TotalSeconds, fault.WallStart, fault.WallEnd,
            SymptomTable.Of(fault.Fault.Type, signals));
    }
}
