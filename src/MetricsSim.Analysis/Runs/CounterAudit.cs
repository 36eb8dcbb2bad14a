using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>
/// Compares the published counters with themselves before, and with what the world counted beside them: every cell that fell is a loss,
/// and so is every event that the world saw and the counters don't show. A series that is missing from a page has lost nothing.
/// </summary>
public sealed class CounterAudit
{
    private readonly SeriesLayout _layout;
    private readonly int[] _counters;
    private readonly (int Family, Func<WorldReading, long> Seen)[] _totals;
    private long[][]? _before;
    private long _stepsDown;
    private long _missing;

    /// <summary>Prepares an audit.</summary>
    /// <param name="layout">What is published.</param>
    /// <param name="whole">Whether that is everything the world counts.</param>
    public CounterAudit(SeriesLayout layout, bool whole)
    {
        _layout = layout;
        _counters = [.. Enumerable.Range(0, layout.Families.Count).Where(i => IsAudited(layout.Families[i]))];
        // A shard shows its own users only, and so can't be held against the world.
        _totals = !whole ? [] :
        [
            (Find("claude_code_session_count"), reading => reading.Sessions),
            (Find("claude_code_session_duration"), reading => reading.EndedSessions),
            (Find("claude_code_token_usage"), reading => reading.Tokens),
            (Find("claude_code_cost_usage"), reading => reading.NanoUsd),
            (Find("metricssim_request_duration"), reading => reading.Requests),
        ];
    }

    /// <summary>Looks at the page of a tick boundary.</summary>
    /// <param name="published">The page.</param>
    /// <param name="world">What the world counted up to the same boundary.</param>
    /// <returns>Losses since the first look; never falls.</returns>
    public long Look(Snapshot published, WorldReading world)
    {
        foreach (var family in _counters)
        {
            var column = published.Columns[family];
            if (_before is not null) _stepsDown += Fallen(_before[family], column);
        }

        var missing = 0L;
        foreach (var (family, seen) in _totals) missing += Math.Abs(seen(world) - Total(_layout.Families[family], published.Columns[family]));
        _missing = Math.Max(_missing, missing);
        _before ??= [.. published.Columns.Select(column => new long[column.Length])];
        foreach (var family in _counters) published.Columns[family].CopyTo(_before[family], 0);
        return _stepsDown + _missing;
    }

    // Series that come and go may go; that is no step down.
    private static bool IsAudited(MetricFamily family) => family.Type is MetricType.Counter or MetricType.Histogram && family.Rows is not LiveRows;

    private static long Fallen(ReadOnlySpan<long> before, ReadOnlySpan<long> now)
    {
        var fallen = 0L;
        for (var cell = 0; cell < now.Length; cell++)
        {
            if (now[cell] < before[cell]) fallen++;
        }

        return fallen;
    }

    /// <summary>Sum of a counter, or observations of a histogram.</summary>
    private static long Total(MetricFamily family, ReadOnlySpan<long> column)
    {
        var total = 0L;
        var counted = family.Type == MetricType.Histogram ? family.Bounds.Count + 1 : 1;
        for (var cell = 0; cell < column.Length; cell += family.Stride)
        {
            for (var i = 0; i < counted; i++) total += column[cell + i];
        }

        return total;
    }

    private int Find(string name)
    {
        for (var i = 0; i < _layout.Families.Count; i++)
        {
            if (_layout.Families[i].Name.Contains(name, StringComparison.Ordinal)) return i;
        }

        throw new ArgumentException($"The layout has no family '{name}'.", nameof(name));
    }
}
