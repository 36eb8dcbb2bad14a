using System.Text.Json;
using MetricsSim.Analysis.Runs;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Reports;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

/// <summary>The ground truth of a daemon: what <c>run</c> says of the same scenario, with the wall times at which scrapes show it.</summary>
public sealed class LiveTruthTests
{
    private const string Truth = "/api/v1/ground-truth";

    private static Scenario Blackout { get; } = new()
    {
        Id = "blackout",
        Name = "Blackout",
        Duration = TimeSpan.FromSeconds(1500),
        Severity = "critical",
        Service = "gateway",
        Timeline =
        [
            new(TimeSpan.Zero, new StartEvent(100, 1), ""),
            new(TimeSpan.FromSeconds(660), new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(240)), ""),
            new(TimeSpan.FromSeconds(1100), new IncreaseLoadEvent(40, null), ""),
        ],
        Assertions =
        [
            new("error_rate", "< 0.01", Comparison.Less, 0.01, null),
            new("recovery_time", "< 300", Comparison.Less, 300, null),
            new("data_loss", "= 0", Comparison.Equal, 0, null),
            new("error_rate", "< 0.9", Comparison.Less, 0.9, TimeSpan.FromSeconds(60)),
            new("up", "= 1", Comparison.Equal, 1, null),
        ],
        Expected = new("total_outage", "critical", ["failover"], ["AllDown"]),
    };

    private static SimulatorConfig Config { get; } = With(Blackout);

    [Fact]
    public async Task It_equals_that_of_run_but_for_wall_times()
    {
        var clock = new ManualTimeProvider();
        using var directory = new TemporaryDirectory();
        string path = directory.File("truth.json");
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(Config, clock, new StartSimulation("blackout"), groundTruth: path);
        using EventReader events = await EventReader.FollowAsync(daemon.Control);
        clock.Advance(TimeSpan.FromSeconds(1510));
        JsonElement judged = await events.UntilAsync("simulation_judged");

        JudgedRun offline = JudgedRun.Of(ScenarioPlayer.Play(Config.World, new StartSimulation("blackout")));
        JsonElement live = await daemon.Control.GetJsonAsync(Truth);
        TruthSchema.Check(live);
        Assert.Equal(["total_outage", "overload"], live.EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        Assert.Equal(TruthJson.Of(offline.Truth).ToJsonString(), WithoutWallTimes(live));
        Assert.All(live.EnumerateArray(), one => Assert.NotEqual(JsonValueKind.Null, one.GetProperty("wall_end").ValueKind));

        string simulation = judged.GetProperty("simulation_id").GetString()!;
        JsonElement detail = await daemon.Control.GetJsonAsync($"/api/v1/simulator/simulations/{simulation}");
        JsonElement expected = JsonDocument.Parse(RunJson.Of([offline], withSeries: false).ToJsonString()).RootElement.GetProperty("runs")[0];
        AssertSame(expected.GetProperty("verdicts"), detail.GetProperty("verdicts"));
        Assert.Equal(("whole", false), (detail.GetProperty("judged").GetString(), detail.GetProperty("passed").GetBoolean()));

        await daemon.StopAsync();
        using JsonDocument file = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        AssertSame(live, file.RootElement);
        Assert.Equal([path], Directory.GetFiles(directory.Path));
    }

    [Fact]
    public async Task Wall_times_are_when_a_scrape_shows_it_and_symptoms_can_be_scraped()
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(With(Blackout with { Duration = TimeSpan.FromSeconds(1000) }, users: 200), clock, new StartSimulation("blackout"));
        var pages = new List<(DateTimeOffset At, Dictionary<string, double> Samples)>();
        for (int second = 0; second <= 950; second++)
        {
            if (second > 0) clock.Advance(TimeSpan.FromSeconds(1));
            await daemon.UntilAsync(status => status.Tick >= second);
            pages.Add((clock.GetUtcNow(), PageReader.Read(await daemon.Metrics.GetStringAsync("/metrics"))));
            if (second != 700) continue;
            JsonElement open = Assert.Single((await daemon.Control.GetJsonAsync(Truth)).EnumerateArray());
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (open.GetProperty("end").ValueKind, open.GetProperty("wall_end").ValueKind));
            Assert.NotEqual(0, open.GetProperty("affected").GetArrayLength());
        }

        JsonElement outage = Assert.Single((await daemon.Control.GetJsonAsync(Truth)).EnumerateArray());
        Assert.Equal(("blackout", "gateway", "critical"), (outage.GetProperty("scenario_id").GetString(), outage.GetProperty("service").GetString(), outage.GetProperty("severity").GetString()));
        DateTimeOffset start = outage.GetProperty("wall_start").GetDateTimeOffset(), end = outage.GetProperty("wall_end").GetDateTimeOffset();
        Assert.All(pages, page => Assert.Equal(
            page.At >= start && page.At < end ? 1 : 0, page.Samples["metricssim_active_faults{type=\"total_outage\"}"]));
        // Requests that end while it lasts all fail: the first page that shows one is at or after the first that shows the fault.
        Assert.InRange(pages.First(page => Sum(page.Samples, "otel_claude_code_error_total", "service_unavailable") > 0).At, start, start.AddSeconds(60));

        JsonElement[] symptoms = [.. outage.GetProperty("affected").EnumerateArray()];
        Assert.InRange(symptoms.Length, 4, 10);
        foreach (JsonElement symptom in symptoms)
        {
            int seen = 660 + (int)symptom.GetProperty("lag_seconds").GetDouble(), sign = symptom.GetProperty("direction").GetString() == "up" ? 1 : -1;
            double usual = Enumerable.Range(1, 10).Average(minute => Signal(pages, symptom, 60 * minute, 60 * (minute + 1)));
            Assert.True((Signal(pages, symptom, seen - 60, seen) - usual) * sign > 0.1 * Math.Abs(usual), $"{symptom} is not seen after its lag");
            Assert.Equal(symptom.GetProperty("magnitude").GetDouble(), Signal(pages, symptom, Math.Min(seen, 899), 900) - usual, 1e-3 * Math.Max(1, Math.Abs(usual)));
        }
    }

    [Fact]
    public async Task Two_simulations_at_once_each_have_their_own()
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(Config, clock, new StartSimulation("blackout"));
        clock.Advance(TimeSpan.FromSeconds(400));
        await daemon.UntilAsync(status => status.Tick >= 400);
        string second = (await (await daemon.Control.CurlAsync("/api/v1/simulator/scenarios/blackout/start", """{"compress":2}""")).JsonAsync()).GetProperty("simulation_id").GetString()!;
        string first = daemon.Handle.Loop.Status.Simulations[1].SimulationId;
        clock.Advance(TimeSpan.FromSeconds(480));
        await daemon.UntilAsync(status => status.Tick >= 880);

        // 660 to 900 of the one, and 400 + 330 to 400 + 450 of the other, which is over.
        JsonElement all = await daemon.Control.GetJsonAsync(Truth);
        TruthSchema.Check(all);
        Assert.Equal([$"inc_{first[4..]} 660 -", $"inc_{second[4..]} 730 850"], all.EnumerateArray().Select(Spans));
        Assert.Equal(2, (await daemon.Control.GetJsonAsync($"{Truth}?scenario=blackout")).GetArrayLength());
        Assert.Equal($"inc_{second[4..]} 730 850", Spans(Assert.Single((await daemon.Control.GetJsonAsync($"{Truth}?simulation={second}")).EnumerateArray())));
        Assert.Equal(0, (await daemon.Control.GetJsonAsync($"{Truth}?simulation={first}&scenario=calm")).GetArrayLength());

        // Stopped in its outage, it is judged over what there was.
        await daemon.Control.CurlAsync($"/api/v1/simulator/simulations/{first}/stop", "");
        JsonElement stopped = await JudgedAsync(daemon, first);
        Assert.Equal(("stopped", "part", false), (stopped.GetProperty("status").GetString(), stopped.GetProperty("judged").GetString(), stopped.GetProperty("passed").GetBoolean()));
        JsonElement recovery = stopped.GetProperty("verdicts")[1];
        Assert.Equal(("recovery_time", "+Inf", "failed"), (recovery.GetProperty("metric").GetString(), recovery.GetProperty("value").GetString(), recovery.GetProperty("outcome").GetString()));
        Assert.Contains($"inc_{first[4..]} 660 880", (await daemon.Control.GetJsonAsync(Truth)).EnumerateArray().Select(Spans));

        JsonElement running = await daemon.Control.GetJsonAsync($"/api/v1/simulator/simulations/{second}");
        Assert.Equal(("so_far", JsonValueKind.Null, 5), (running.GetProperty("judged").GetString(), running.GetProperty("passed").ValueKind, running.GetProperty("verdicts").GetArrayLength()));
    }

    [Fact]
    public async Task A_fault_by_hand_is_an_incident_of_no_scenario()
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(With(Blackout, users: 200), clock);
        clock.Advance(TimeSpan.FromSeconds(700));
        await daemon.UntilAsync(status => status.Tick >= 700);
        string fault = (await (await daemon.Control.CurlAsync("/api/v1/faults", """{"type":"total_outage"}""")).JsonAsync()).GetProperty("fault_id").GetString()!;
        JsonElement begun = Assert.Single((await daemon.Control.GetJsonAsync(Truth)).EnumerateArray());
        Assert.Equal($"inc_{fault["fault_".Length..]} 700 -", Spans(begun));
        Assert.Equal((JsonValueKind.Null, 0), (begun.GetProperty("scenario_id").ValueKind, begun.GetProperty("affected").GetArrayLength()));
        Assert.Equal(clock.GetUtcNow(), begun.GetProperty("wall_start").GetDateTimeOffset());

        clock.Advance(TimeSpan.FromSeconds(200));
        await daemon.UntilAsync(status => status.Tick >= 900);
        await daemon.Control.DeleteAsync($"/api/v1/faults/{fault}");
        clock.Advance(TimeSpan.FromSeconds(100));
        JsonElement truth = await daemon.Control.GetJsonAsync(Truth);
        TruthSchema.Check(truth);
        JsonElement ended = Assert.Single(truth.EnumerateArray());
        Assert.EndsWith(" 700 900", Spans(ended), StringComparison.Ordinal);
        Assert.Contains("otel_claude_code_token_usage_tokens_total", ended.GetProperty("affected").EnumerateArray().Select(one => one.GetProperty("metric").GetString()));
        Assert.Equal(0, (await daemon.Control.GetJsonAsync($"{Truth}?scenario=blackout")).GetArrayLength());
    }

    [Fact]
    public async Task Verdicts_are_told_one_by_one_and_then_the_outcome()
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(With(Blackout with { Duration = TimeSpan.FromSeconds(120) }), clock, new StartSimulation("blackout"));
        using EventReader events = await EventReader.FollowAsync(daemon.Control);
        clock.Advance(TimeSpan.FromSeconds(130));
        await events.UntilAsync("simulation_completed");
        var told = new List<JsonElement>();
        for (int i = 0; i < 5; i++) told.Add(await events.NextAsync("verdict"));
        Assert.Equal(["simulated_time", "wall_time", "simulation_id", "scenario_id", "verdict"], told[0].Names());
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 2, 0, TimeSpan.Zero), told[0].GetProperty("simulated_time").GetDateTimeOffset());
        Assert.Equal(
            ["error_rate passed", "recovery_time passed", "data_loss passed", "error_rate passed", "up not_evaluated"],
            told.Select(one => one.GetProperty("verdict")).Select(verdict => $"{verdict.GetProperty("metric")} {verdict.GetProperty("outcome")}"));
        JsonElement judged = await events.NextAsync("simulation_judged");
        Assert.Equal(["simulated_time", "wall_time", "simulation_id", "scenario_id", "judged", "passed"], judged.Names());
        Assert.Equal(("whole", false), (judged.GetProperty("judged").GetString(), judged.GetProperty("passed").GetBoolean()));
    }

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected}\nis not\n{actual}");

    private static SimulatorConfig With(Scenario scenario, int users = 60)
    {
        SimulatorConfig config = TestScenarios.Config(users);
        return config with
        {
            World = config.World with
            {
                Backend = new() { Capacity = users / 6.0 },
                Telemetry = new() { Labels = new() { UserId = false, OrganizationId = false, TerminalType = false } },
                Scenarios = new Dictionary<string, Scenario>(StringComparer.Ordinal) { [scenario.Id] = scenario },
            },
        };
    }

    private static async Task<JsonElement> JudgedAsync(RunningDaemon daemon, string simulation)
    {
        using var late = new CancellationTokenSource(RunningDaemon.Patience);
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            JsonElement detail = await daemon.Control.GetJsonAsync($"/api/v1/simulator/simulations/{simulation}");
            if (detail.GetProperty("judged").ValueKind == JsonValueKind.String) return detail;
        }
    }

    private static string WithoutWallTimes(JsonElement truth)
    {
        var array = System.Text.Json.Nodes.JsonArray.Create(truth)!;
        foreach (var one in array) (one!["wall_start"], one["wall_end"]) = (null, null);
        return array.ToJsonString();
    }

    private static string Spans(JsonElement incident) =>
        $"{incident.GetProperty("incident_id").GetString()} {Seconds(incident.GetProperty("start"))} {Seconds(incident.GetProperty("end"))}";

    private static string Seconds(JsonElement time) =>
        time.ValueKind == JsonValueKind.Null ? "-" : $"{(time.GetDateTimeOffset() - new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero)).TotalSeconds}";

    /// <summary>A symptom's signal between two scrapes, by metric name and selector alone.</summary>
    private static double Signal(List<(DateTimeOffset At, Dictionary<string, double> Samples)> pages, JsonElement symptom, int from, int to)
    {
        string metric = symptom.GetProperty("metric").GetString()!, labels = symptom.GetProperty("selector").GetString()!.Trim('{', '}').Split(',')[0];
        return metric.EndsWith("_total", StringComparison.Ordinal) || metric.EndsWith("_count", StringComparison.Ordinal)
            ? (Sum(pages[to].Samples, metric, labels) - Sum(pages[from].Samples, metric, labels)) / (to - from)
            : Enumerable.Range(from + 1, to - from).Average(second => Sum(pages[second].Samples, metric, labels));
    }

    private static double Sum(Dictionary<string, double> samples, string metric, string label) => samples
        .Where(sample => sample.Key.Split('{')[0] == metric && sample.Key.Contains(label, StringComparison.Ordinal)).Sum(sample => sample.Value);
}
