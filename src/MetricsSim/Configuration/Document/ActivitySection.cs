using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>activity_models</c>.</summary>
internal sealed record ActivitySection
{
    [Key("The noise around a user's base activity: a mean-reverting (Ornstein–Uhlenbeck) process.")]
    public BrownianSection Brownian { get; init; } = new();

    [Key("The day and the week: factors on the arrival of sessions by local time.")]
    public SeasonalSection Seasonal { get; init; } = new();

    [Key("Regular bursts. Burst k begins at (k + ½) · interval.")]
    public BurstSection Burst { get; init; } = new();
}

/// <summary><c>activity_models.brownian</c>.</summary>
internal sealed record BrownianSection
{
    [Key("Stationary coefficient of variation where a segment has none of its own.", Min = 0, Max = 10)]
    public double Volatility { get; init; } = Defaults.World.Activity.Brownian.Volatility;

    [Key("Rate θ of the return to the base, per time_unit.", Min = 0, AboveMin = true, Max = 1000)]
    public double MeanReversion { get; init; } = Defaults.World.Activity.Brownian.MeanReversion;

    [Key("Step of the process in time_unit, rounded to whole ticks, at least one.", Min = 0, AboveMin = true, Max = 1000)]
    public double Dt { get; init; } = Defaults.World.Activity.Brownian.Dt;

    [Key("Unit of time of mean_reversion and dt.", Min = 0, AboveMin = true, Max = 86_400)]
    public TimeSpan TimeUnit { get; init; } = Defaults.World.Activity.Brownian.TimeUnit;

    [Key("Bounds the process is reflected at.", Min = 0, Max = 1_000_000)]
    public NumberSpan Bounds { get; init; } = new(Defaults.World.Activity.Brownian.LowerBound, Defaults.World.Activity.Brownian.UpperBound);
}

/// <summary><c>activity_models.seasonal</c>.</summary>
internal sealed record SeasonalSection
{
    [Key("Local business hours.")]
    public DayHours BusinessHours { get; init; } = new(Defaults.World.Activity.Seasonal.BusinessStart, Defaults.World.Activity.Seasonal.BusinessEnd);

    [Key("Factor in business hours.", Min = 0, Max = 1000)]
    public double BusinessHoursMultiplier { get; init; } = Defaults.World.Activity.Seasonal.BusinessMultiplier;

    [Key("Length of the shoulders before and after business hours.", Min = 0, Max = 43_200)]
    public TimeSpan Shoulder { get; init; } = Defaults.World.Activity.Seasonal.Shoulder;

    [Key("Factor in the shoulders.", Min = 0, Max = 1000)]
    public double ShoulderMultiplier { get; init; } = Defaults.World.Activity.Seasonal.ShoulderMultiplier;

    [Key("Factor at night.", Min = 0, Max = 1000)]
    public double NightMultiplier { get; init; } = Defaults.World.Activity.Seasonal.NightMultiplier;

    [Key("Further factor on Saturdays and Sundays.", Min = 0, Max = 1000)]
    public double WeekendMultiplier { get; init; } = Defaults.World.Activity.Seasonal.WeekendMultiplier;

    [Key("Length of the smooth transition centred on each edge.", Min = 0, Max = 7200)]
    public TimeSpan Edge { get; init; } = Defaults.World.Activity.Seasonal.Edge;

    [Key("IANA time zone of the business hours and of simulation.start, such as Europe/Berlin.", Min = 1, Max = 64)]
    public string Timezone { get; init; } = Defaults.World.Activity.Seasonal.TimeZone.Id;
}

/// <summary><c>activity_models.burst</c>.</summary>
internal sealed record BurstSection
{
    [Key("Whether bursts happen.")]
    public bool Enabled { get; init; } = Defaults.World.Activity.Burst.Enabled;

    [Key("From one burst's start to the next's.", Min = 0, AboveMin = true)]
    public TimeSpan Interval { get; init; } = Defaults.World.Activity.Burst.Interval;

    [Key("Length of a burst, at most interval.", Min = 0, AboveMin = true)]
    public TimeSpan Duration { get; init; } = Defaults.World.Activity.Burst.Duration;

    [Key("Factor on the arrival of sessions.", Min = 0, Max = 1000)]
    public double Intensity { get; init; } = Defaults.World.Activity.Burst.Intensity;
}
