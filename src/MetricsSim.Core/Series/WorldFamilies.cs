using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Series;

/// <summary>The families about the world as a whole, <c>metricssim_*</c> and <c>target_info</c>: gauges whose cells are doubles.</summary>
internal sealed class WorldFamilies
{
    private readonly List<MetricFamily> _all = [];
    private readonly string[] _scenarios;
    private readonly FaultType[] _faultTypes = Enum.GetValues<FaultType>();

    public WorldFamilies(WorldOptions options)
    {
        _scenarios = [.. options.Scenarios.Keys.Order(StringComparer.Ordinal)];
        SimulatedTime = Add("metricssim_simulated_time_seconds", "Simulated time in seconds since the Unix epoch.", "seconds");
        ScenarioInfo = Add("metricssim_scenario_info", "1 while a scenario plays, else 0.", null, [.. _scenarios.Select(id => Labels("scenario", id))]);
        ActiveFaults = Add("metricssim_active_faults", "Faults in force by type.", null, [.. _faultTypes.Select(type => Labels("type", type.SnakeCase()))]);
        Load = Add("metricssim_load_multiplier", "Factor on arrivals from scenarios.");
        Season = Add("metricssim_season_multiplier", "Factor on arrivals from season and bursts of the configuration.");
        EnabledUsers = Add("metricssim_enabled_users", "Users that may start sessions.");
        Utilization = Add("metricssim_backend_utilization_ratio", "Share of the backend's servers that work.", "ratio");
        Backlog = Add("metricssim_backend_backlog", "Work that waits for the backend, in requests.");
        Wait = Add("metricssim_backend_wait_seconds", "How long an attempt that arrives now waits for a server.", "seconds");
        Capacity = Add("metricssim_backend_capacity", "Requests per second the backend can serve now.");
        _all.Add(new MetricFamily
        {
            Name = "target",
            Help = "Resource attributes of the simulated client.",
            Type = MetricType.Info,
            Leaves = [[new(options.Telemetry.Style.NameOf("service.name"), "claude-code"), new(options.Telemetry.Style.NameOf("service.version"), options.Telemetry.ServiceVersion)]],
        });
        Columns = [.. _all.Select(family => new long[family.CellCount])];
        Columns[^1][0] = 1;
    }

    public IReadOnlyList<MetricFamily> All => _all;

    public long[][] Columns { get; }

    private int SimulatedTime { get; }

    private int ScenarioInfo { get; }

    private int ActiveFaults { get; }

    private int Load { get; }

    private int Season { get; }

    private int EnabledUsers { get; }

    private int Utilization { get; }

    private int Backlog { get; }

    private int Wait { get; }

    private int Capacity { get; }

    /// <summary>Takes in the world's state at a tick boundary.</summary>
    public void Update(DateTimeOffset now, Scenarios.SimulationSet simulations, double season, int enabledUsers, Backend.QueueingBackend backend)
    {
        Set(SimulatedTime, 0, now.ToUnixTimeMilliseconds() / 1000.0);
        for (var i = 0; i < _scenarios.Length; i++) Set(ScenarioInfo, i, simulations.Running.Any(simulation => simulation.Scenario.Id == _scenarios[i]) ? 1 : 0);
        for (var i = 0; i < _faultTypes.Length; i++) Set(ActiveFaults, i, simulations.Faults.All.Count(fault => fault.Spec.Type == _faultTypes[i]));
        Set(Load, 0, simulations.Load);
        Set(Season, 0, season);
        Set(EnabledUsers, 0, enabledUsers);
        Set(Utilization, 0, backend.Utilization);
        Set(Backlog, 0, backend.Backlog);
        Set(Wait, 0, backend.Wait);
        Set(Capacity, 0, backend.Capacity);
    }

    private static Label[] Labels(string name, string value) => [new(name, value)];

    private void Set(int family, int leaf, double value) => Columns[family][leaf] = BitConverter.DoubleToInt64Bits(value);

    private int Add(string name, string help, string? unit = null, IReadOnlyList<IReadOnlyList<Label>>? leaves = null)
    {
        // A catalogue without scenarios leaves a family without series, which no format minds.
        _all.Add(new MetricFamily { Name = name, Help = help, Type = MetricType.Gauge, Unit = unit, Leaves = leaves ?? [[]], Divisor = 0 });
        return _all.Count - 1;
    }
}
