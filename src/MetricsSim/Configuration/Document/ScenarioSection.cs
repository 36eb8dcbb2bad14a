using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>scenarios.*</c>, and the whole of a scenario file.</summary>
internal sealed record ScenarioSection
{
    [Key("Id. In scenarios: the map key; in a file of its own the file's name unless given.",
        Pattern = "[a-z0-9_]+", PatternText = "an id of a-z, 0-9 and _", Max = 64, WhenAbsent = "map key or file name")]
    public string? Id { get; init; }

    [Key("Name for people.", Min = 1, Max = 256, WhenAbsent = "the id")]
    public string? Name { get; init; }

    [Key("What it is about.", Max = 65_536)]
    public string Description { get; init; } = "";

    [Key("Length of the timeline.", Required = true, Min = 0, AboveMin = true)]
    public TimeSpan Duration { get; init; }

    [Key("Free tags.")]
    public IReadOnlyList<string> Tags { get; init; } = [];

    [Key("How hard it is to see through.", WhenAbsent = "not said")]
    public DifficultyName? Difficulty { get; init; }

    [Key("How bad it is.", WhenAbsent = "not said")]
    public SeverityName? Severity { get; init; }

    [Key("The service it happens to.", Min = 1, Max = 256, WhenAbsent = "not said")]
    public string? Service { get; init; }

    [Key("What happens, in any order; events of equal time happen in file order.")]
    public IReadOnlyList<TimelineEntrySection> Timeline { get; init; } = [];

    [Key("What must hold at the end.")]
    public IReadOnlyList<AssertionSection> Assertions { get; init; } = [];

    [Key("What an investigation should find.", WhenAbsent = "not said")]
    public ExpectedSection? Expected { get; init; }

    [Key("Free facts for the reader.")]
    public OrderedDictionary<string, string> Context { get; init; } = [];
}

/// <summary>Difficulties.</summary>
internal enum DifficultyName
{
    /// <summary>Easy to see.</summary>
    Beginner,

    /// <summary>In between.</summary>
    Intermediate,

    /// <summary>Hard to see.</summary>
    Advanced,
}

/// <summary>Severities.</summary>
internal enum SeverityName
{
    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}

/// <summary><c>scenarios.*.assertions[]</c>.</summary>
internal sealed record AssertionSection
{
    [Key("An indicator, or a PromQL expression.", Required = true, Min = 1, Max = 4096)]
    public string Metric { get; init; } = "";

    [Key("<, <=, >, >= or = and a number, or = true, = false.", Required = true, Min = 1, Max = 64)]
    public string Condition { get; init; } = "";

    [Key("Look at the last so much of the run only.", Min = 0, AboveMin = true, WhenAbsent = "the whole run")]
    public TimeSpan? Window { get; init; }
}

/// <summary><c>scenarios.*.expected</c>.</summary>
internal sealed record ExpectedSection
{
    [Key("The cause, in a word.", Min = 1, Max = 256, WhenAbsent = "not said")]
    public string? RootCause { get; init; }

    [Key("How bad it is.", WhenAbsent = "not said")]
    public SeverityName? Severity { get; init; }

    [Key("Actions that help.")]
    public IReadOnlyList<string> ActionTypes { get; init; } = [];

    [Key("Alerts that should fire.")]
    public IReadOnlyList<string> Alerts { get; init; } = [];
}
