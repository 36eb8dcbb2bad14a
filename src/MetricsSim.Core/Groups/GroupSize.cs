namespace MetricsSim.Core.Groups;

/// <summary>How large a group is, told from its options before anything is allocated.</summary>
/// <param name="Series">Series at most, spikes included, as Prometheus counts them: a histogram has one for each bucket, its sum and its count.</param>
/// <param name="Bytes">Memory its values take, in the world and in one snapshot.</param>
public readonly record struct GroupSize(long Series, long Bytes)
{
    /// <summary>Most series of all groups together.</summary>
    public const long MostSeries = 10_000_000;

    /// <summary>Most memory of all groups' values.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>The size of a group.</summary>
    /// <param name="options">Its options; numbers may be as large as they can be.</param>
    public static GroupSize Of(SeriesGroupOptions options)
    {
        var rows = options.Labels.Count + GroupRows.Additional(options);
        var family = GroupFamilies.Of(options, 0);
        var hasState = options.Values is OuProcess or WalkProcess;
        var live = options.Lifecycle is ChurningLifecycle or SpikingLifecycle;
        var series = (double)rows * options.Metrics;
        // A row that comes and goes is an object of its own.
        var bytes = (series * sizeof(long) * ((2 * family.Stride) + (hasState ? 1 : 0))) + (live ? rows * 64 : 0);
        return new GroupSize(Whole(series * family.SamplesPerSeries), Whole(bytes));
    }

    // Sums of any number of groups must not wrap.
    private static long Whole(double number) => (long)Math.Min(number, 1e15);
}
