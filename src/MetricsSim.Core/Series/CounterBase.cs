namespace MetricsSim.Core.Series;

/// <summary>
/// What published counters and histograms are counted from: what the population's columns held at the last counter reset. It costs
/// nothing before the first one. The columns, the instant and the two totals are all the state there is.
/// </summary>
/// <param name="families">The population's families, in page order.</param>
internal sealed partial class CounterBase(IReadOnlyList<MetricFamily> families)
{
    private long[][]? _columns;

    /// <summary>Tick of the last reset; 0 before the first.</summary>
    public long Tick { get; private set; }

    /// <summary>Sessions started before it.</summary>
    public long Sessions { get; private set; }

    /// <summary>Tokens used before it.</summary>
    public long Tokens { get; private set; }

    /// <summary>Counts from here on.</summary>
    /// <param name="tick">The present tick.</param>
    /// <param name="sessions">Sessions started so far.</param>
    /// <param name="tokens">Tokens used so far.</param>
    /// <param name="copy">Copies the population's columns as the world counts them.</param>
    public void Reset(long tick, long sessions, long tokens, Action<long[][]> copy)
    {
        (Tick, Sessions, Tokens) = (tick, sessions, tokens);
        _columns ??= NewColumns();
        copy(_columns);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (families[i].Type is not (MetricType.Counter or MetricType.Histogram)) _columns[i].AsSpan().Clear();
        }
    }

    private long[][] NewColumns() => [.. families.Select(family => new long[family.CellCount])];

    /// <summary>Turns what the world counted into what is published.</summary>
    /// <param name="columns">The population's columns.</param>
    public void SubtractFrom(long[][] columns)
    {
        if (_columns is null) return;
        // A shard publishes fewer.
        for (var i = 0; i < Math.Min(_columns.Length, columns.Length); i++)
        {
            var (from, column) = (_columns[i], columns[i]);
            for (var cell = 0; cell < from.Length; cell++) column[cell] -= from[cell];
        }
    }
}
