using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>
/// Compares the published counters with themselves before, and with what the world counted beside them: every cell that fell is a loss,
/// and so is every event that the world saw and the counters don't show. A series that is missing from a page has lost nothing, and one
/// that has gone with its session took what it counted along.
/// </summary>
public sealed class CounterAudit
{
    private readonly SeriesLayout _layout;
    private readonly int[] _counters;
    private readonly AuditedColumn[] _columns;
    private readonly (int Family, Func<WorldReading, long> Seen)[] _totals;
    private long _stepsDown;
    private long _missing;

    /// <summary>Prepares an audit.</summary>
    /// <param name="layout">What is published.</param>
    /// <param name="whole">Whether that is everything the world counts.</param>
    public CounterAudit(SeriesLayout layout, bool whole)
    {
        _layout = layout;
        _counters = [.. Enumerable.Range(0, layout.Families.Count).Where(i => IsAudited(layout.Families[i]))];
        _columns = [.. _counters.Select(family => new AuditedColumn(layout.Families[family]))];
        // A shard shows its own users only, and so can't be held against the world.
        _totals = !whole ? [] :
        [
            (Find("claude_code_session_count"), reading => reading.Sessions - reading.VanishedSessions),
            (Find("claude_code_session_duration"), reading => reading.EndedSessions - reading.VanishedEndedSessions),
            (Find("claude_code_token_usage"), reading => reading.Tokens - reading.VanishedTokens),
            (Find("claude_code_cost_usage"), reading => reading.NanoUsd - reading.VanishedNanoUsd),
            (Find("metricssim_request_duration"), reading => reading.Requests),
        ];
    }

    /// <summary>Looks at the page of a tick boundary.</summary>
    /// <param name="published">The page.</param>
    /// <param name="world">What the world counted up to the same boundary.</param>
    /// <returns>Losses since the first look; never falls.</returns>
    public long Look(Snapshot published, WorldReading world)
    {
        for (var i = 0; i < _counters.Length; i++) _stepsDown += _columns[i].Look(published.Columns[_counters[i]], published.Live[_counters[i]]);
        var missing = 0L;
        foreach (var (family, seen) in _totals) missing += Math.Abs(seen(world) - _layout.Families[family].Total(published.Columns[family]));
        _missing = Math.Max(_missing, missing);
        return _stepsDown + _missing;
    }

    private static bool IsAudited(MetricFamily family) => family.Type is MetricType.Counter or MetricType.Histogram;

    private int Find(string name)
    {
        for (var i = 0; i < _layout.Families.Count; i++)
        {
            if (_layout.Families[i].Name.Replace('.', '_').Contains(name, StringComparison.Ordinal)) return i;
        }

        throw new ArgumentException($"The layout has no family '{name}'.", nameof(name));
    }
}
