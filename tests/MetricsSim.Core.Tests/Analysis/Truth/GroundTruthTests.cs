using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Truth;

/// <summary>What the ground truth claims can be seen in the published series, at the time and in the direction it says.</summary>
public sealed class GroundTruthTests
{
    private const int FaultAt = 700;
    private const int FaultSeconds = 500;

    /// <summary>A busy world: 45 of 60 requests/s, so that faults of capacity are felt.</summary>
    private static readonly WorldOptions Busy = TestWorlds.Flat(500) with
    {
        Backend = new() { Capacity = 60 },
        Telemetry = new() { Labels = new() { UserId = false, OrganizationId = false, TerminalType = false } },
    };

    /// <summary>A fault and a metric that must be among its symptoms.</summary>
    public static TheoryData<FaultSpec, string[]> Faults => new()
    {
        {
            new() { Type = FaultType.TotalOutage },
            ["otel_claude_code_error_total up", "otel_claude_code_session_duration_seconds_count up", "otel_claude_code_token_usage_tokens_total down",
                "otel_claude_code_cost_usage_USD_total down", "otel_claude_code_active_sessions down", "metricssim_backend_utilization_ratio down"]
        },
        {
            new() { Type = FaultType.ModelOutage, AffectedPercentage = 40 },
            ["otel_claude_code_error_total up", "otel_claude_code_token_usage_tokens_total down", "metricssim_backend_utilization_ratio down"]
        },
        { new() { Type = FaultType.CascadeFailure, AffectedPercentage = 40 }, ["metricssim_backend_capacity down", "otel_claude_code_error_total up"] },
        {
            new() { Type = FaultType.NetworkLatency, AffectedPercentage = 50, MinDelayMilliseconds = 2000, MaxDelayMilliseconds = 4000 },
            ["metricssim_request_duration_seconds_bucket up"]
        },
        { new() { Type = FaultType.AuthenticationFailures, AffectedPercentage = 60 }, ["otel_claude_code_error_total up"] },
        { new() { Type = FaultType.RateLimiting, AffectedPercentage = 30 }, ["otel_claude_code_error_total up", "otel_claude_code_token_usage_tokens_total down"] },
        {
            new() { Type = FaultType.ResourceExhaustion, AffectedPercentage = 80 },
            ["metricssim_backend_capacity down", "metricssim_backend_wait_seconds up", "metricssim_request_duration_seconds_bucket up"]
        },
        { new() { Type = FaultType.ExporterDown }, ["up down", "scrape_samples_scraped down"] },
        { new() { Type = FaultType.ScrapeDelay, MinDelayMilliseconds = 400, MaxDelayMilliseconds = 800, AffectedPercentage = 60 }, ["scrape_duration_seconds up"] },
        {
            new() { Type = FaultType.CounterReset },
            ["otel_claude_code_session_count_total down", "otel_claude_code_token_usage_tokens_total down"]
        },
        { new() { Type = FaultType.SeriesGap, AffectedPercentage = 50 }, ["scrape_samples_scraped down"] },
        { new() { Type = FaultType.CardinalityExplosion, MaxSeries = 900 }, ["scrape_samples_scraped up"] },
        { new() { Type = FaultType.ClockSkew }, [] },
    };

    /// <summary>Few users with series of their own, for what happens to pages.</summary>
    private static readonly WorldOptions Few = TestWorlds.Flat(30);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_claimed_symptom_can_be_seen(FaultSpec fault, string[] expected)
    {
        var scenario = TestWorlds.Scenario(
            "s", 1500, (0, new StartEvent(100, 1)), (FaultAt, new InjectFailureEvent(fault, TimeSpan.FromSeconds(FaultSeconds))));
        var options = (fault.Type.ActsOnWorld() ? Busy : Few).With(scenario with { Service = "claude-code", Severity = "high" });
        var incident = Assert.Single(GroundTruth.Of(ScenarioPlayer.Play(options, new StartSimulation("s"))), one => one.Kind != "overload");
        Assert.Equal(fault.Type.SnakeCase(), incident.Kind);
        Assert.Equal((FaultAt, FaultSeconds), ((incident.Start - options.Start).TotalSeconds, (incident.End!.Value - incident.Start).TotalSeconds));
        Assert.Equal(("claude-code", "high"), (incident.Service, incident.Severity));
        Assert.Subset(incident.Affected.Select(symptom => $"{symptom.Metric} {symptom.Direction}").ToHashSet(StringComparer.Ordinal), expected.ToHashSet(StringComparer.Ordinal));

        var published = new PublishedSignals(Pages(options, FaultAt + FaultSeconds));
        foreach (var symptom in incident.Affected)
        {
            var usual = Enumerable.Range(0, 10).Select(minute => published.Over(symptom, FaultAt - 600 + (60 * minute), FaultAt - 540 + (60 * minute))).ToList();
            var sign = symptom.Direction == "up" ? 1 : -1;
            var band = Band.Of(usual, mean => 0.1 * Math.Abs(mean)).HalfWidth;
            var seenAt = FaultAt + (int)symptom.LagSeconds;
            Assert.True((published.Over(symptom, seenAt - 60, seenAt) - usual.Average()) * sign > band, $"{symptom}: not out of its range when it should be");
            Assert.True(
                (published.Over(symptom, seenAt - 61, seenAt - 1) - usual.Average()) * sign <= Math.Max(band, Floor(symptom)), $"{symptom}: out of its range earlier");
            var end = fault.Type == FaultType.CounterReset ? seenAt : FaultAt + FaultSeconds;
            Assert.Equal(symptom.Magnitude, published.Over(symptom, fault.Type == FaultType.CounterReset ? seenAt - 60 : Math.Min(seenAt, end - 1), end) - usual.Average(), 1e-6 * Math.Max(1, Math.Abs(symptom.Magnitude)));
            Assert.Equal(sign, Math.Sign(symptom.Magnitude));
        }
    }

    [Fact]
    public void A_quiet_run_has_none()
    {
        var options = Busy.With(TestWorlds.Scenario("s", 900, (0, new StartEvent(100, 1))));
        Assert.Empty(GroundTruth.Of(ScenarioPlayer.Play(options, new StartSimulation("s"))));
    }

    [Fact]
    public void A_fault_of_the_telemetry_hides_no_overload_and_claims_no_samples_that_nobody_counted()
    {
        var options = Busy with { Telemetry = Busy.Telemetry with { Preregister = false } };
        var run = ScenarioPlayer.Play(
            options.With(TestWorlds.Scenario("s", 2000, HandMade.Fault(400, 1600, FaultType.ExporterDown), (600, new IncreaseLoadEvent(10, null)))),
            new StartSimulation("s"));
        var incidents = GroundTruth.Of(run);
        Assert.Equal(["exporter_down", "overload"], incidents.Select(incident => incident.Kind));
        Assert.Equal(["up"], incidents[0].Affected.Select(symptom => symptom.Metric));
    }

    [Fact]
    public void An_overload_is_an_incident()
    {
        var options = Busy.With(TestWorlds.Scenario("s", 3000, (0, new StartEvent(100, 1)), (600, new IncreaseLoadEvent(10, null))));
        var run = ScenarioPlayer.Play(options, new StartSimulation("s"));
        var incident = Assert.Single(GroundTruth.Of(run));
        Assert.Equal(("overload", "metricssim_load_multiplier"), (incident.Kind, incident.RootCause.Metric));
        Assert.InRange((incident.Start - options.Start).TotalSeconds, 600, 1500);
        Assert.Equal(options.Start + run.Series.Duration, incident.End);
        Assert.Contains(incident.Affected, symptom => symptom is { Metric: "metricssim_backend_backlog", Direction: "up" });
    }

    [Fact]
    public void Ids_are_the_simulations_and_tell_incidents_apart()
    {
        var options = Busy.With(TestWorlds.Scenario("s", 900, (0, new StartEvent(100, 1)), HandMade.Fault(300, 60), HandMade.Fault(600, 60)));
        var run = ScenarioPlayer.Play(options, new StartSimulation("s"));
        var id = "inc_" + run.SimulationId[4..];
        Assert.Equal([id, id + "_2"], GroundTruth.Of(run).Select(incident => incident.Id));
    }

    /// <summary>Small changes don't count, however quiet a signal is.</summary>
    private static double Floor(Symptom symptom) => symptom.Metric switch
    {
        var metric when metric.EndsWith("_total", StringComparison.Ordinal) || metric.EndsWith("_count", StringComparison.Ordinal) => 0.05,
        "metricssim_backend_utilization_ratio" => 0.01,
        "metricssim_backend_wait_seconds" or "metricssim_request_duration_seconds_bucket" => 0.1,
        "metricssim_backend_capacity" or "up" or "scrape_samples_scraped" => 0,
        "scrape_duration_seconds" => 0.1,
        _ => 1,
    };

    private static List<Snapshot> Pages(WorldOptions options, int seconds)
    {
        var world = new World(options);
        world.Apply(new StartSimulation("s"));
        var pages = new List<Snapshot>();
        for (var second = 0; second <= seconds; second++)
        {
            pages.Add(SnapshotView.Of(world).Snapshot);
            world.Step();
        }

        return pages;
    }
}
