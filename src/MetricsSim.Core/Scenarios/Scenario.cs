namespace MetricsSim.Core.Scenarios;

/// <summary>An experiment: who is enabled, what load and which faults at which time, and what must hold.</summary>
public sealed record Scenario
{
    /// <summary>The map key in the file: <c>[a-z0-9_]+</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public string Description { get; init; } = "";

    /// <summary>Length of the timeline.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Free tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How hard it is to see through: beginner, intermediate or advanced; null if not said.</summary>
    public string? Difficulty { get; init; }

    /// <summary>low, medium, high or critical; null if not said.</summary>
    public string? Severity { get; init; }

    /// <summary>The service it happens to; null if not said.</summary>
    public string? Service { get; init; }

    /// <summary>Entries in order of time; entries of equal time in file order.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>What must hold at the end.</summary>
    public IReadOnlyList<Assertion> Assertions { get; init; } = [];

    /// <summary>What an investigation should find; null if not said.</summary>
    public ExpectedOutcome? Expected { get; init; }

    /// <summary>Free key–value facts for the reader.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One event at its time.</summary>
/// <param name="Time">From the scenario's start, at most its duration.</param>
/// <param name="Event">What happens.</param>
/// <param name="Description">Why, for people.</param>
public sealed record TimelineEntry(TimeSpan Time, ScenarioEvent Event, string Description);

/// <summary>A condition on an indicator or a PromQL expression.</summary>
/// <param name="Metric">Indicator name or PromQL expression.</param>
/// <param name="Condition">The condition as written, e.g. <c>&lt; 0.05</c>.</param>
/// <param name="Comparison">&lt;, &lt;=, &gt;, &gt;= or =.</param>
/// <param name="Value">Right-hand side; true is 1 and false is 0.</param>
/// <param name="Window">Evaluate over the last window only; null is the whole run.</param>
public sealed record Assertion(string Metric, string Condition, Comparison Comparison, double Value, TimeSpan? Window);

/// <summary>Comparison of an assertion.</summary>
public enum Comparison
{
    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>=</summary>
    Equal,
}

/// <summary>What an investigation of the scenario should find.</summary>
/// <param name="RootCause">The cause, in a word.</param>
/// <param name="Severity">low, medium, high or critical.</param>
/// <param name="ActionTypes">Actions that help: restart, rollback, scale …</param>
/// <param name="Alerts">Alerts that should fire.</param>
public sealed record ExpectedOutcome(string? RootCause, string? Severity, IReadOnlyList<string> ActionTypes, IReadOnlyList<string> Alerts);
