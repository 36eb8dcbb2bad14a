using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Push.Otlp;

/// <summary>
/// The metrics: counters and gauges are fed from snapshots, so that they show what the page shows at that tick; histograms are recorded
/// event by event. Used by one thread at a time.
/// </summary>
/// <param name="export">How to export.</param>
/// <param name="resumed">Whether the world has counted before this process: increments begin with the first snapshot then.</param>
internal sealed class OtlpMetrics(OtlpExport export, bool resumed) : IDisposable
{
    private static readonly Dictionary<string, long> Untold = [];
    private static readonly List<ErrorKind> Outcomes = [.. PopulationFamilies.RequestOutcomes];
    private SeriesLayout? _layout;
    private WorldOptions _world = new();
    private IReadOnlyList<OtlpAxis> _axes = [];
    private UserRows? _users;
    private KeyedRandom _random;
    private long _push;
    private long _countersSince;
    private (OtlpAxis Axis, int Metric) _sessions, _operations, _tokens;

    /// <summary>Takes note of the layout of a world, and of when its counters began.</summary>
    /// <param name="layout">Its layout.</param>
    /// <param name="world">Its options.</param>
    /// <param name="countersSince">Tick at which counters began at 0.</param>
    public void Follow(SeriesLayout layout, WorldOptions world, long countersSince)
    {
        // Counters that begin again are those of another process. With other names on the page the world counts from 0, too.
        (TelemetryOptions now, TelemetryOptions before) = (world.Telemetry, _world.Telemetry);
        if (countersSince != _countersSince || (_layout is not null && (now.Style, now.Namespace) != (before.Style, before.Namespace)))
        {
            Dispose();
            (_axes, _layout, _countersSince) = ([], null, countersSince);
        }

        if (ReferenceEquals(_layout, layout)) return;
        (_layout, _world) = (layout, world);
        _random = new KeyedRandom(world.Seed);
        var old = _axes.ToDictionary(axis => axis.Name, StringComparer.Ordinal);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < layout.Families.Count; i++) names.TryAdd(layout.Families[i].Name, i);
        var axes = OtelMetric.All
            .Select(metric => (Metric: metric, Family: names[metric.FamilyName(world.Telemetry)]))
            .GroupBy(metric => layout.Families[metric.Family].Rows)
            .Select(group => group.ToList())
            .Select(metrics => (Metrics: metrics, Before: old.GetValueOrDefault(OtlpAxis.NameOf(metrics.Select(metric => metric.Metric)))))
            .ToList();
        var told = new Dictionary<string, long>(StringComparer.Ordinal);
        if (axes.Exists(axis => axis.Before is null))
            foreach (OtlpAxis axis in old.Values) axis.Tell(told);
        _axes = [.. axes.Select(axis => new OtlpAxis(axis.Metrics, layout, export, world.Telemetry, axis.Before, axis.Before is null ? told : Untold))];
        foreach (OtlpAxis gone in old.Values.Where(axis => _axes.All(now => now.Name != axis.Name)))
        {
            // What its histograms have recorded would be lost.
            gone.Collect();
            gone.Dispose();
        }

        (_sessions, _operations, _tokens) = (Find(OtelMetric.SessionDuration), Find(OtelMetric.OperationDuration), Find(OtelMetric.TokenUsage));
        LabelRows rows = layout.Families[names[OtelMetric.SessionDuration.FamilyName(world.Telemetry)]].Rows;
        _users = rows as UserRows ?? new UserRows(world, new UserDirectory(world.Population, _random), withLanguage: false);
    }

    /// <summary>Records what an event tells to histograms; <see cref="Follow"/> goes first.</summary>
    /// <param name="told">The event.</param>
    public void Record(in ClientEvent told)
    {
        switch (told.Kind)
        {
            case ClientEventKind.SessionEnded:
                _sessions.Axis.Put(RowOf(told), _sessions.Metric, told.Failed ? 1 : 0, told.Micros);
                break;
            case ClientEventKind.ApiRequest or ClientEventKind.ApiError:
                _operations.Axis.Put(_operations.Axis.RowOf(0), _operations.Metric, (told.Model * Outcomes.Count) + Outcomes.IndexOf(told.Error), told.Micros);
                if (told.Kind == ClientEventKind.ApiError) break;
                OtlpRow row = _tokens.Axis.RowOf(0);
                _tokens.Axis.Put(row, _tokens.Metric, told.Model * 2, told.Tokens.Input);
                _tokens.Axis.Put(row, _tokens.Metric, (told.Model * 2) + 1, told.Tokens.Output);
                break;
        }
    }

    /// <summary>Exports the values of a snapshot, and what was recorded.</summary>
    /// <param name="snapshot">A snapshot of the layout that was followed last.</param>
    /// <param name="forget">Whether series that are missing have gone for good.</param>
    /// <returns>Requests that could not be made.</returns>
    public int Push(Snapshot snapshot, bool forget)
    {
        _push++;
        foreach (OtlpAxis axis in _axes) axis.Feed(snapshot, _push, resumed && _push == 1, forget);
        return _axes.Sum(axis => axis.Collect());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (OtlpAxis axis in _axes) axis.Dispose();
    }

    private (OtlpAxis Axis, int Metric) Find(OtelMetric metric)
    {
        OtlpAxis axis = _axes.First(one => one.IndexOf(metric) >= 0);
        return (axis, axis.IndexOf(metric));
    }

    private OtlpRow RowOf(in ClientEvent told)
    {
        // A session's own row may not be in a snapshot yet, or no more; its labels say which it is.
        if (_world.Telemetry.Labels.SessionId)
            return _sessions.Axis.RowOf([.. _users!.LabelsOf(told.User), new Label("session_id", ClientIds.Session(_random, told.Session))]);
        return _sessions.Axis.RowOf(_users!.RowOfUser is { } rows ? rows[told.User] : told.User);
    }
}
