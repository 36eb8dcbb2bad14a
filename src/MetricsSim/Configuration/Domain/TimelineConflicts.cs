using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration.Domain;

/// <summary>
/// Finds events of a timeline that contradict each other, and names both places. Errors: two events that set the same thing to different
/// values at the same time; a recovery that undoes what began at the same time, before it did anything; a start after any other event.
/// Warnings: an outage that begins within one that fails everything it could; a burst or a fault that the scenario's end cuts short.
/// Whatever else overlaps composes, and events of equal time happen in the file's order.
/// </summary>
internal sealed class TimelineConflicts
{
    private readonly Report _report;
    private readonly TimeSpan? _duration;
    private readonly Dictionary<string, (double Value, Placed By)> _set = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (TimeSpan End, Placed By)> _outages = new(StringComparer.Ordinal);
    private Placed? _first;
    private Placed? _begun;
    private TimeSpan _now;

    private TimelineConflicts(Report report, TimeSpan? duration)
    {
        _report = report;
        _duration = duration;
    }

    /// <summary>Checks a timeline in one pass.</summary>
    /// <param name="timeline">Its entries in order, each with its key; those that have errors are passed over.</param>
    /// <param name="duration">Length of the scenario; null if that has errors.</param>
    /// <param name="report">Takes findings.</param>
    public static void Check(IEnumerable<(TimelineEntry Entry, string Path)> timeline, TimeSpan? duration, Report report)
    {
        var conflicts = new TimelineConflicts(report, duration);
        foreach (var (entry, path) in timeline.Where(placed => !report.Failed(placed.Path))) conflicts.Visit(new Placed(entry, path));
    }

    private void Visit(Placed placed)
    {
        if (placed.Entry.Time > _now) (_now, _begun) = (placed.Entry.Time, null);
        switch (placed.Entry.Event)
        {
            case StartEvent start:
                if (_first is { } before)
                {
                    _report.Error(placed.Path, $"a scenario has one start, before everything else; this one, at {DurationText.Format(_now)}, would undo {Name(before)}, at {DurationText.Format(before.Entry.Time)}");
                    break;
                }

                Set(placed, "baseline", "load", start.Baseline);
                Set(placed, "user_percentage", "user_percentage", start.UserPercentage);
                break;
            case IncreaseLoadEvent load:
                Set(placed, "multiplier", "load", load.Multiplier);
                Set(placed, "user_percentage", "user_percentage", load.UserPercentage);
                if (load.Multiplier is not null) _begun ??= placed;
                break;
            case GrowthSimulationEvent growth:
                Set(placed, "growth_rate", "growth_rate", growth.GrowthRate);
                break;
            case BurstLoadEvent burst:
                CheckEnd(placed, burst.Duration);
                _begun ??= placed;
                break;
            case InjectFailureEvent failure:
                CheckEnd(placed, failure.Duration);
                if (failure.Fault.Type is FaultType.TotalOutage or FaultType.ModelOutage) CheckOutage(placed, failure);
                _begun ??= placed;
                break;
            case RecoveryEvent:
                if (_begun is { } undone)
                    _report.Error(placed.Path, $"would undo {Name(undone)}, which is at the same time, {DurationText.Format(_now)}, before it does anything; put it before that, or at another time");
                _outages.Clear();
                break;
        }

        // A deployment is a mark and changes nothing.
        if (placed.Entry.Event is not DeployEvent) _first ??= placed;
    }

    private void Set(Placed placed, string key, string what, double? value)
    {
        if (value is not { } number) return;
        if (_set.TryGetValue(what, out var other) && other.By.Entry.Time == _now && other.Value != number)
            _report.Error($"{placed.Path}.{key}", $"sets {what} to {number} at {DurationText.Format(_now)}, and {Name(other.By)} sets it to {other.Value} at the same time; keep one, or give it another time");
        _set[what] = (number, placed);
    }

    private void CheckEnd(Placed placed, TimeSpan? length)
    {
        if (_now + length is { } end && end > _duration)
            _report.Warn($"{placed.Path}.duration", $"would last until {DurationText.Format(end)}; the scenario's end, {DurationText.Format(_duration.Value)}, cuts it short");
    }

    /// <summary>An outage that begins earlier, still lasts, and fails every attempt that this one could, leaves it nothing to do.</summary>
    private void CheckOutage(Placed placed, InjectFailureEvent failure)
    {
        const string All = "";
        var model = failure.Fault.Model ?? All;
        foreach (var covering in new[] { All, model }.Distinct())
        {
            if (!_outages.TryGetValue(covering, out var outage) || outage.End <= _now) continue;
            _report.Warn(placed.Path, $"adds nothing to {Name(outage.By)} until that ends, at {DurationText.Format(outage.End)}");
            break;
        }

        var end = failure.Duration is { } length ? _now + length : _duration ?? TimeSpan.MaxValue;
        var coversAll = failure.Fault.Type == FaultType.TotalOutage || failure.Fault.AffectedPercentage == 100;
        if (coversAll && !(_outages.TryGetValue(model, out var longer) && longer.End >= end)) _outages[model] = (end, placed);
    }

    private string Name(Placed placed)
    {
        var index = placed.Path[placed.Path.LastIndexOf("timeline[", StringComparison.Ordinal)..];
        var what = placed.Entry.Event is InjectFailureEvent failure ? failure.Fault.Type.SnakeCase() : placed.Entry.Event.Name;
        return $"{index} in line {_report.PlaceOf(placed.Path).Line} ({what})";
    }

    /// <summary>An entry with its key.</summary>
    private readonly record struct Placed(TimelineEntry Entry, string Path);
}
