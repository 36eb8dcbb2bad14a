using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Groups;

/// <summary>
/// How many series a group has, told from its options alone, as Prometheus counts them. Exact but for intermittent ones, of which it is the
/// expected number, and for shards, which share what comes and goes evenly.
/// </summary>
public sealed class GroupForecast
{
    private readonly SeriesGroupOptions _options;
    private readonly LifecyclePlan _plan;
    private readonly double _lasting;
    private readonly double _additional;

    /// <summary>Prepares a forecast.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="shard">Whose series are counted.</param>
    public GroupForecast(SeriesGroupOptions options, Shard shard)
    {
        _options = options;
        _plan = new LifecyclePlan(options);
        var perRow = (double)options.Metrics * GroupFamilies.Of(options, 0).SamplesPerSeries;
        _lasting = GroupRows.OwnedOf(options.Labels.Count, shard) * perRow;
        _additional = GroupRows.OwnedOf(GroupRows.Additional(options), shard) * perRow;
    }

    /// <summary>Id of the group.</summary>
    public string Id => _options.Id;

    /// <summary>Series at an instant.</summary>
    /// <param name="at">Simulated time since tick 0, ≥ 0.</param>
    public double SeriesAt(TimeSpan at) => _options.Lifecycle switch
    {
        IntermittentLifecycle intermittent => _lasting * (intermittent.On / (intermittent.On + intermittent.Off)),
        SpikingLifecycle => _lasting + (_plan.SpikeAt(at) >= 0 ? _additional : 0),
        _ => _lasting,
    };

    /// <summary>Series that come up in a span, those there are at its begin not counted; one that comes again counts once.</summary>
    /// <param name="from">Simulated time since tick 0, ≥ 0.</param>
    /// <param name="to">Its end, ≥ <paramref name="from"/>.</param>
    public double SeriesCreated(TimeSpan from, TimeSpan to) => _options.Lifecycle switch
    {
        ChurningLifecycle => (_plan.ReplacedAt(to) - _plan.ReplacedAt(from)) * _lasting / _options.Labels.Count,
        SpikingLifecycle => (_plan.SpikesUpTo(to) - _plan.SpikesUpTo(from)) * _additional,
        IntermittentLifecycle intermittent => (_lasting - SeriesAt(from)) * Math.Min(1, (to - from) / intermittent.Off),
        _ => 0,
    };
}
