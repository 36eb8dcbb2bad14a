using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>development</c>.</summary>
internal sealed record DevelopmentSection
{
    [Key("true is logging.level: debug, unless that key is given.")]
    public bool Debug { get; init; }

    [Key("Whether a changed file, or a changed scenario file beside it, is read again while the program runs.")]
    public bool HotReload { get; init; }

    [Key("From the older simulator.", Meaningless = "there are no external services that could be replaced; everything is simulated")]
    public bool MockExternalServices { get; init; }

    [Key("From the older simulator.", Meaningless = "switch labels off by telemetry.labels to have fewer series")]
    public bool ReducedCardinality { get; init; }

    [Key("true is simulation.speed: 10, unless that key is given.")]
    public bool FastMode { get; init; }
}
