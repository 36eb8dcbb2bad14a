using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Series;

/// <summary>What quirks make of the values of a page that was counted right.</summary>
internal sealed class QuirkedValues
{
    private readonly PopulationFamilies _families;
    private readonly CounterFallback? _fallback;
    private readonly int[] _counters;
    private readonly bool _losesSources;

    public QuirkedValues(PopulationFamilies families, WorldOptions options, KeyedRandom random)
    {
        _families = families;
        var quirks = options.Telemetry.Quirks;
        _fallback = quirks.CounterFallback ? new CounterFallback(random) : null;
        _losesSources = quirks.LostAttributes && families.QuerySourceCount > 1;
        _counters = [.. Enumerable.Range(0, families.All.Count).Where(i => families.All[i] is { Type: MetricType.Counter } family && (family.Rows is UserRows || families.SessionCells(i) > 0))];
    }

    /// <summary>Changes a page.</summary>
    /// <param name="page">As it was counted.</param>
    /// <param name="now">µs since tick 0.</param>
    public void Apply(Snapshot page, long now)
    {
        if (_fallback is null && !_losesSources) return;
        var sessions = page.Live[_families.Sessions];
        for (var row = 0; row < (sessions?.Count ?? _families.Users.Count); row++)
        {
            // A session that is not on the page has nothing to show.
            if (sessions is not null && sessions[row] is null) continue;
            var session = sessions?[row] as SessionRow;
            if (_losesSources && (session is null ? _families.Users.VersionOf(row) : _families.Users.VersionOfUser(session.User)) == ClientVersions.WithLostAttributes)
                JoinSources(page, row);
            if (_fallback?.IsDown(session?.Session ?? _families.Users.KeyOf(row), now) != true) continue;
            foreach (var family in _counters)
            {
                var leaves = _families.All[family].Leaves.Count;
                CounterFallback.Lower(page.Columns[family].AsSpan(row * leaves, leaves));
            }
        }
    }

    /// <summary>Tells the tokens of all sources as one, in the place of the first.</summary>
    private void JoinSources(Snapshot page, int row)
    {
        var efforts = _families.EffortCount;
        var usage = _families.QuerySourceCount * efforts;
        var leaves = _families.All[_families.Tokens].Leaves.Count;
        var cells = page.Columns[_families.Tokens].AsSpan(row * leaves, leaves);
        var exemplars = page.Exemplars[_families.Tokens] is { Length: > 0 } all ? all.AsSpan(row * leaves, leaves) : [];
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var first = leaf - (leaf % usage) + (leaf % efforts);
            if (leaf == first) continue;
            (cells[first], cells[leaf]) = (cells[first] + cells[leaf], 0);
            if (!exemplars.IsEmpty) exemplars[first] = Exemplar.Latest(exemplars[first], exemplars[leaf]);
        }
    }
}
