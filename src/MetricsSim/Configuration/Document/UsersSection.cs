using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Document;

/// <summary><c>users</c>.</summary>
internal sealed record UsersSection
{
    [Key("Number of users.", Min = 1, Max = 10_000_000)]
    public int Total { get; init; } = Defaults.World.Population.Total;

    [Key("Segments by name; the label user_type is the name without a trailing _users. Given, it replaces the default as a whole.",
        Min = 1, Pattern = "[a-zA-Z_][a-zA-Z0-9_]*", PatternText = "a name of letters, digits and _")]
    public OrderedDictionary<string, SegmentSection> Distribution { get; init; } = Defaults.Map(SegmentOptions.Defaults, segment => segment.Name,
        segment => new SegmentSection
        {
            Percentage = segment.Fraction,
            ActivityRange = new NumberSpan(segment.ActivityLow, segment.ActivityHigh),
            Volatility = segment.Volatility,
        });

    [Key("Number of organisations the OAuth users belong to.", Min = 1, Max = 1_000_000)]
    public int Organizations { get; init; } = Defaults.World.Population.Organizations;

    [Key("Share of users with an API key, 0 to 1: they carry no organisation, e-mail or account.", Min = 0, Max = 1)]
    public double ApiKeyShare { get; init; } = Defaults.World.Population.ApiKeyShare;

    [Key("Shares of terminal types, 0 to 1; together 1.", Min = 1, Max = 1)]
    public OrderedDictionary<string, double> Terminals { get; init; } =
        Defaults.Map(Defaults.World.Population.Terminals, share => share.Name, share => share.Fraction);

    [Key("Shares of the languages people edit, 0 to 1; together 1.", Min = 1, Max = 1)]
    public OrderedDictionary<string, double> Languages { get; init; } =
        Defaults.Map(Defaults.World.Population.Languages, share => share.Name, share => share.Fraction);
}

/// <summary><c>users.distribution.*</c>.</summary>
internal sealed record SegmentSection
{
    [Key("Share of the population, 0 to 1; all segments together 1.", Required = true, Min = 0, Max = 1)]
    public double Percentage { get; init; }

    [Key("Base activity is drawn uniformly from here; activity 1 starts workload.sessions_per_hour sessions.", Required = true, Min = 0, Max = 1000)]
    public NumberSpan ActivityRange { get; init; }

    [Key("Stationary coefficient of variation of activity.", Min = 0, Max = 10, WhenAbsent = "activity_models.brownian.volatility")]
    public double? Volatility { get; init; }
}
