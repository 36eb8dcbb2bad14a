namespace MetricsSim.Cli.OnDaemon;

/// <summary>What to play on a daemon.</summary>
internal sealed record LiveRequest
{
    /// <summary>The scenarios; null for the daemon's whole catalogue.</summary>
    public required IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Whether to start them at once.</summary>
    public required bool Concurrent { get; init; }

    /// <summary>How much of each timeline to play; null is all of it.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many times faster the timelines play; null is as written.</summary>
    public double? Compress { get; init; }

    /// <summary>Keys the simulations' own draws; null takes the world's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Label matchers that choose the daemon's series.</summary>
    public required string Match { get; init; }
}
