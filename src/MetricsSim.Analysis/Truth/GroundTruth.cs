using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Faults;

namespace MetricsSim.Analysis.Truth;

/// <summary>The ground truth of a recorded run: an incident for each fault, and for each time in which more was offered than could be served.</summary>
public static class GroundTruth
{
    private const double WindowSeconds = 60;
    private const double UsualSeconds = 600;
    private const double LeastShare = 0.1;

    /// <summary>Overloads that are no further apart are one.</summary>
    private const double OverloadGapSeconds = 300;

    /// <summary>Tells it.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The incidents, in order of start.</returns>
    public static IReadOnlyList<Incident> Of(RecordedRun run)
    {
        var signals = new Signals(run.Layout);
        var series = run.Series;
        var causes = run.Plan.Faults
            .Select(fault => (
                Kind: fault.Fault.Type.SnakeCase(),
                From: series.BoundaryAt(run.Seconds(fault.Start)),
                To: series.BoundaryAt(run.Seconds(fault.End)),
                Candidates: SymptomTable.Of(fault.Fault.Type, signals)))
            .Concat(Overloads(run).Select(part => (Kind: SymptomTable.Overload, part.From, part.To, Candidates: SymptomTable.OfOverload(signals))))
            .OrderBy(cause => cause.From).ToList();
        var service = run.Scenario.Service ?? "backend";
        var id = "inc_" + run.SimulationId["sim_".Length..];
        return
        [
            .. causes.Select((cause, i) => new Incident
            {
                Id = i == 0 ? id : $"{id}_{i + 1}",
                ScenarioId = run.Scenario.Id,
                Kind = cause.Kind,
                Service = service,
                Start = run.Options.Start + TimeSpan.FromSeconds(series.SecondsAt(cause.From)),
                End = run.Options.Start + TimeSpan.FromSeconds(series.SecondsAt(cause.To)),
                Severity = run.Scenario.Severity ?? "medium",
                RootCause = new RootCause(service, cause.Candidates.Count > 0 ? cause.Candidates[0].Signal.Metric : "metricssim_active_faults"),
                Affected =
                [
                    .. cause.Candidates.Select(candidate => Look(series, cause.From, cause.To, candidate.Signal, candidate.Direction))
                        .OfType<Symptom>().OrderBy(symptom => symptom.LagSeconds),
                ],
                ExpectedAlerts = run.Scenario.Expected?.Alerts ?? [],
            }),
        ];
    }

    /// <summary>The symptom, if the signal left its usual range and, on the whole, stayed out of it until the incident's end.</summary>
    private static Symptom? Look(RunSeries series, int from, int to, Signal signal, int direction)
    {
        var before = series.Trailing(from, UsualSeconds);
        if (before.From == before.To) return null;
        var usual = Band.Of(
            RunSeries.Tiles(before, WindowSeconds).DefaultIfEmpty(before).Select(signal.Value),
            mean => Math.Max(signal.Least, LeastShare * Math.Abs(mean)));
        for (var boundary = from + 1; boundary <= to; boundary++)
        {
            if (!Leaves(signal.Value(series.Trailing(boundary, WindowSeconds)))) continue;
            var mean = signal.Value(new RunWindow(series, Math.Min(boundary, to - 1), to));
            if (!Leaves(mean)) return null;
            return new Symptom(
                signal.Metric, signal.Selector, series.SecondsAt(boundary) - series.SecondsAt(from), direction > 0 ? "up" : "down", mean - usual.Mean);
        }

        return null;

        bool Leaves(double value) => (value - usual.Mean) * direction > usual.HalfWidth;
    }

    /// <summary>Times without a fault in which more attempts were offered over a minute than could be served.</summary>
    private static List<(int From, int To)> Overloads(RecordedRun run)
    {
        var series = run.Series;
        var found = new List<(int From, int To)>();
        for (var boundary = series.SamplesIn(WindowSeconds); boundary <= series.Count; boundary++)
        {
            var window = series.Trailing(boundary, WindowSeconds);
            if (window.Mean(series.ActiveFaults) > 0 || !(window.Rate(series.Attempts) > window.Mean(series.Capacity))) continue;
            var start = series.SecondsAt(window.From);
            if (found.Count > 0 && start - series.SecondsAt(found[^1].To) <= OverloadGapSeconds) found[^1] = (found[^1].From, boundary);
            else found.Add((window.From, boundary));
        }

        return found;
    }
}
