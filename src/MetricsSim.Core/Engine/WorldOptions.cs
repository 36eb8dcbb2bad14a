using MetricsSim.Core.Faults;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Core.Engine;

/// <summary>
/// Everything that decides what a world does, but the commands it is sent. Validated by whoever makes it: the world trusts it.
/// Defaults are those of the design, and of <c>config/simulator-config.yml</c>.
/// </summary>
public sealed record WorldOptions
{
    /// <summary>Key of every random draw.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Instant of tick 0.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Length of a tick, a whole number of µs, 1 ms to 1 h.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Who there is.</summary>
    public PopulationOptions Population { get; init; } = new();

    /// <summary>How active they are, and when.</summary>
    public ActivityOptions Activity { get; init; } = new();

    /// <summary>What they do.</summary>
    public WorkloadOptions Workload { get; init; } = new();

    /// <summary>Models, their shares and prices. Shares sum to 1.</summary>
    public IReadOnlyList<ModelOptions> Models { get; init; } = ModelOptions.Defaults;

    /// <summary>What serves them.</summary>
    public BackendOptions Backend { get; init; } = new();

    /// <summary>Kinds of faults that happen in the background; none by default.</summary>
    public IReadOnlyList<AmbientFault> AmbientFaults { get; init; } = [];

    /// <summary>Synthetic series beside the population's; none by default. Ids and names of metrics are distinct.</summary>
    public IReadOnlyList<SeriesGroupOptions> SeriesGroups { get; init; } = [];

    /// <summary>What is published of it.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>The catalogue, by id.</summary>
    public IReadOnlyDictionary<string, Scenario> Scenarios { get; init; } = new Dictionary<string, Scenario>(StringComparer.Ordinal);
}
