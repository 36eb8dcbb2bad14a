namespace MetricsSim.Dashboards;

/// <summary>The time that a dashboard shows.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, after the start.</param>
internal readonly record struct BoardTime(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <summary>Its start in seconds since the Unix epoch.</summary>
    public double FromSeconds => From.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Its end in seconds since the Unix epoch.</summary>
    public double ToSeconds => To.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>The last part of some length before a time.</summary>
    /// <param name="length">Longer than 0.</param>
    /// <param name="to">Its end.</param>
    public static BoardTime Last(TimeSpan length, DateTimeOffset to) => new(to - length, to);

    /// <summary>What a dashboard or a panel has as its default: <c>now-6h</c> to <c>now</c>. Other forms, such as days' starts and dates, are null.</summary>
    /// <param name="from">Its start as Grafana writes it.</param>
    /// <param name="to">Its end as Grafana writes it.</param>
    /// <param name="now">The present.</param>
    public static BoardTime? Parse(string from, string to, DateTimeOffset now) =>
        Relative(from, now) is { } start && Relative(to, now) is { } end && start < end ? new(start, end) : null;

    private static DateTimeOffset? Relative(string text, DateTimeOffset now)
    {
        if (text == "now") return now;
        return text.StartsWith("now-", StringComparison.Ordinal) && GrafanaInterval.Parse(text["now-".Length..]) is { } ago ? now - ago : null;
    }
}
