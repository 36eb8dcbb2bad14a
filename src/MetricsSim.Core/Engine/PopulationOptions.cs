namespace MetricsSim.Core.Engine;

/// <summary>Who there is (config: <c>users</c>).</summary>
public sealed record PopulationOptions
{
    /// <summary>Number of users, 1 to 10 million.</summary>
    public int Total { get; init; } = 100;

    /// <summary>Segments in file order; shares sum to 1.</summary>
    public IReadOnlyList<SegmentOptions> Segments { get; init; } = SegmentOptions.Defaults;

    /// <summary>Number of organisations the OAuth users belong to, at least 1.</summary>
    public int Organizations { get; init; } = 5;

    /// <summary>Share of users with an API key, 0–1: they carry no organisation, e-mail or account.</summary>
    public double ApiKeyShare { get; init; } = 0.2;

    /// <summary>Terminal types and their shares, which sum to 1.</summary>
    public IReadOnlyList<Share> Terminals { get; init; } =
        [new("vscode", 0.4), new("iTerm.app", 0.25), new("cursor", 0.15), new("tmux", 0.1), new("Apple_Terminal", 0.1)];

    /// <summary>Languages people edit and their shares, which sum to 1.</summary>
    public IReadOnlyList<Share> Languages { get; init; } =
        [new("TypeScript", 0.3), new("Python", 0.3), new("Go", 0.1), new("Java", 0.1), new("C#", 0.08), new("Rust", 0.07), new("Markdown", 0.05)];
}

/// <summary>A named share of a whole.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Fraction">Its share, 0–1.</param>
public readonly record struct Share(string Name, double Fraction);

/// <summary>A kind of user, with the law of its sessions.</summary>
/// <param name="Name">Key in the file; the label <c>user_type</c> is this without a trailing <c>_users</c>.</param>
/// <param name="Fraction">Share of the population, 0–1.</param>
/// <param name="ActivityLow">Least base activity.</param>
/// <param name="ActivityHigh">Largest base activity.</param>
/// <param name="Volatility">Stationary coefficient of variation of activity; null takes <see cref="BrownianOptions.Volatility"/>.</param>
/// <param name="MedianSessionSeconds">Median of the log-normal session length, before clamping.</param>
/// <param name="SessionSigma">σ of the log of the session length.</param>
public sealed record SegmentOptions(
    string Name, double Fraction, double ActivityLow, double ActivityHigh, double? Volatility, double MedianSessionSeconds, double SessionSigma)
{
    /// <summary>The design's three segments.</summary>
    public static IReadOnlyList<SegmentOptions> Defaults { get; } =
    [
        new("power_users", 0.1, 2.0, 3.5, 0.2, 1800, 0.8),
        new("regular_users", 0.7, 0.8, 1.5, 0.3, 600, 0.6),
        new("idle_users", 0.2, 0.1, 0.5, 0.4, 300, 0.4),
    ];

    /// <summary>Value of the label <c>user_type</c>.</summary>
    public string UserType => Name.EndsWith("_users", StringComparison.Ordinal) && Name.Length > 6 ? Name[..^6] : Name;
}
