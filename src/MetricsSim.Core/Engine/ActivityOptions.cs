namespace MetricsSim.Core.Engine;

/// <summary>How active users are, and when (config: <c>activity_models</c>).</summary>
public sealed record ActivityOptions
{
    /// <summary>The noise around a user's base activity.</summary>
    public BrownianOptions Brownian { get; init; } = new();

    /// <summary>The day and the week.</summary>
    public SeasonalOptions Seasonal { get; init; } = new();

    /// <summary>Regular bursts.</summary>
    public BurstOptions Burst { get; init; } = new();
}

/// <summary>Parameters of the Ornstein–Uhlenbeck process, design §3.2.</summary>
public sealed record BrownianOptions
{
    /// <summary>Stationary coefficient of variation where a segment has none of its own, ≥ 0.</summary>
    public double Volatility { get; init; } = 0.3;

    /// <summary>θ per <see cref="TimeUnit"/>, &gt; 0.</summary>
    public double MeanReversion { get; init; } = 0.1;

    /// <summary>Step in units of <see cref="TimeUnit"/>, rounded to whole ticks, at least one; &gt; 0.</summary>
    public double Dt { get; init; } = 0.1;

    /// <summary>Unit of time of θ and dt.</summary>
    public TimeSpan TimeUnit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Lower bound the process is reflected at; negative infinity for none.</summary>
    public double LowerBound { get; init; } = 0.05;

    /// <summary>Upper bound the process is reflected at; positive infinity for none.</summary>
    public double UpperBound { get; init; } = 5;
}

/// <summary>Factors on the arrival intensity by local time.</summary>
public sealed record SeasonalOptions
{
    /// <summary>Zone of the business hours.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Local time business begins, at most a day.</summary>
    public TimeSpan BusinessStart { get; init; } = TimeSpan.FromHours(9);

    /// <summary>Local time business ends, after <see cref="BusinessStart"/>, at most 24 h.</summary>
    public TimeSpan BusinessEnd { get; init; } = TimeSpan.FromHours(17);

    /// <summary>Factor in business hours.</summary>
    public double BusinessMultiplier { get; init; } = 2.0;

    /// <summary>Length of the shoulder before and after business hours.</summary>
    public TimeSpan Shoulder { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Factor in the shoulders.</summary>
    public double ShoulderMultiplier { get; init; } = 1.0;

    /// <summary>Factor at night.</summary>
    public double NightMultiplier { get; init; } = 0.3;

    /// <summary>Further factor on local Saturdays and Sundays.</summary>
    public double WeekendMultiplier { get; init; } = 0.3;

    /// <summary>Length of the smooth (3x² − 2x³) transition centred on each edge.</summary>
    public TimeSpan Edge { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>Burst k covers [(k+½)·<see cref="Interval"/>, + <see cref="Duration"/>) of simulated time at <see cref="Intensity"/>.</summary>
public sealed record BurstOptions
{
    /// <summary>Whether bursts happen.</summary>
    public bool Enabled { get; init; }

    /// <summary>From one burst's start to the next's.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Length of a burst, at most <see cref="Interval"/>.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Factor on the arrival intensity, ≥ 0.</summary>
    public double Intensity { get; init; } = 3.0;
}
