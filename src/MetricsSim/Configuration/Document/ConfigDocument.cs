using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Document;

/// <summary>The configuration file, typed: every key there is. Free of YAML and of places in files.</summary>
internal sealed record ConfigDocument
{
    [Key("Version of the file's format.", Pattern = @"1(\.[0-9]+)*", PatternText = "1, or 1 with a minor version", Max = 16)]
    public string Version { get; init; } = "1";

    [Key("Who there is.")]
    public UsersSection Users { get; init; } = new();

    [Key("Share of sessions each model gets, 0 to 1; together 1. Given, it replaces the default as a whole.", Min = 1, Max = 1)]
    public OrderedDictionary<string, double> ModelDistribution { get; init; } =
        Defaults.Map(ModelOptions.Defaults, model => model.Id, model => model.Fraction);

    [Key("Prices by model. A model with a share needs one, unless it is one of the defaults.")]
    public OrderedDictionary<string, CostSection> CostsPer1kTokens { get; init; } = Defaults.Map(
        ModelOptions.Defaults, model => model.Id, model => new CostSection { Input = model.InputPer1k, Output = model.OutputPer1k });

    [Key("How active users are, and when.")]
    public ActivitySection ActivityModels { get; init; } = new();

    [Key("What users do in their sessions.")]
    public WorkloadSection Workload { get; init; } = new();

    [Key("What serves their requests.")]
    public BackendSection Backend { get; init; } = new();

    [Key("Services beside the backend, with signals of their own.", NotYet = "services come with the incident library")]
    public OrderedDictionary<string, ServiceSection> Services { get; init; } = [];

    [Key("Groups of purely synthetic series by id, for work on cardinality.",
        Pattern = "[a-zA-Z_][a-zA-Z0-9_]*", PatternText = "an id of letters, digits and _ that does not begin with a digit")]
    public OrderedDictionary<string, SeriesGroupSection> SeriesGroups { get; init; } = [];

    [Key("Scenarios by id. They stand beside the shipped ones and those in scenarios/*.yml; the same id replaces.",
        Pattern = "[a-z0-9_]+", PatternText = "an id of a-z, 0-9 and _")]
    public OrderedDictionary<string, ScenarioSection> Scenarios { get; init; } = [];

    [Key("Ambient faults in the background: each lasts 60 s and touches 5 % of sessions.")]
    public FaultInjectionSection FaultInjection { get; init; } = new();

    [Key("Targets of the benchmarks of dashboards and queries, and limits of cardinality.")]
    public BenchmarksSection Benchmarks { get; init; } = new();

    [Key("Where and how to listen.")]
    public ServerSection Server { get; init; } = new();

    [Key("What is published, and under which names.")]
    public TelemetrySection Telemetry { get; init; } = new();

    [Key("Where metrics are sent to, beside being scraped.")]
    public PushSection Push { get; init; } = new();

    [Key("Seed, start and speed.")]
    public SimulationSection Simulation { get; init; } = new();

    [Key("Where logs go.")]
    public LoggingSection Logging { get; init; } = new();

    [Key("Time series of runs as files.")]
    public ExportsSection Exports { get; init; } = new();

    [Key("Other programs.")]
    public IntegrationsSection Integrations { get; init; } = new();

    [Key("For work on the simulator itself.")]
    public DevelopmentSection Development { get; init; } = new();
}
