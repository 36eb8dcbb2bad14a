using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

/// <summary>Many clients at once change a daemon that is scraped: nothing they ask is lost, and nothing is left when they are done.</summary>
public sealed class CommandStormTests
{
    private const int Clients = 50;
    private const int Rounds = 4;

    // Small factors, since those of all that run at once multiply.
    private static Scenario Gust { get; } = new()
    {
        Id = "gust",
        Name = "Gust",
        Duration = TimeSpan.FromMinutes(2),
        Timeline =
        [
            new(TimeSpan.Zero, new StartEvent(80, 1.01), ""),
            new(TimeSpan.FromSeconds(1), new InjectFailureEvent(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 1 }, TimeSpan.FromSeconds(90)), ""),
            new(TimeSpan.FromSeconds(2), new BurstLoadEvent(1.01, TimeSpan.FromSeconds(60)), ""),
            new(TimeSpan.FromSeconds(3), new InjectFailureEvent(new FaultSpec { Type = FaultType.RateLimiting, AffectedPercentage = 1 }, null), ""),
        ],
    };

    [Fact]
    public async Task A_storm_of_commands_loses_none_and_leaves_nothing_behind()
    {
        SimulatorConfig config = TestScenarios.Config(users: 100, speed: 200);
        var scenarios = new Dictionary<string, Scenario>(StringComparer.Ordinal) { [Gust.Id] = Gust };
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(config with { World = config.World with { Scenarios = scenarios } });
        using var calm = new CancellationTokenSource();
        Task<int> scrapes = ScrapeAsync(daemon, calm.Token);
        var faults = new ConcurrentBag<string>();
        var simulations = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                string simulation = await SendAsync(daemon, HttpMethod.Post, "simulator/scenarios/gust/start", "", "simulation_id");
                simulations.Add(simulation);
                string fault = await SendAsync(daemon, HttpMethod.Post, "faults", """{"type":"model_outage","affected_percentage":10}""", "fault_id");
                faults.Add(fault);
                Assert.Equal("1", await SendAsync(daemon, HttpMethod.Put, "load", """{"multiplier":1}""", "multiplier"));
                Assert.Equal(fault, await SendAsync(daemon, HttpMethod.Delete, $"faults/{fault}", "", "fault_id"));
                if ((client + round) % 2 == 0) await StopAsync(daemon, simulation);
            }
        })));

        // What nobody stopped ends by itself.
        WorldStatus status = await daemon.UntilAsync(status => status.Simulations.All(simulation => simulation.State != SimulationState.Running));
        await calm.CancelAsync();
        JsonElement rows = await JudgedAsync(daemon);
        JsonElement truth = await daemon.Control.GetJsonAsync("/api/v1/ground-truth");

        Assert.True(await scrapes > 0);
        Assert.Equal(Clients * Rounds, simulations.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Clients * Rounds, faults.Distinct(StringComparer.Ordinal).Count());
        // The world remembers more ended simulations than there were, so none may be missing.
        Assert.Equal(simulations.Order(StringComparer.Ordinal), status.Simulations.Select(simulation => simulation.SimulationId).Order(StringComparer.Ordinal));
        Assert.Equal((1.0, 1.0, 0, 100), (status.Load, status.ManualLoad, status.ActiveFaults, status.EnabledUsers));
        Assert.Empty(status.Faults);
        // Every simulation is judged, nothing is said to be wrong any more, and nothing is missing of what played to its end.
        Assert.Equal(simulations.Order(StringComparer.Ordinal), rows.EnumerateArray().Select(row => row.GetProperty("simulation_id").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(row.GetProperty("status").GetString() == "stopped" ? "part" : "whole", row.GetProperty("judged").GetString()));
        TruthSchema.Check(truth);
        Assert.All(truth.EnumerateArray(), incident => Assert.True(
            incident.GetProperty("end").ValueKind == JsonValueKind.String && incident.GetProperty("wall_end").ValueKind == JsonValueKind.String, $"{incident} goes on"));
        ILookup<string, string> kinds = truth.EnumerateArray().ToLookup(incident => incident.GetProperty("incident_id").GetString()![4..12], incident => incident.GetProperty("kind").GetString()!);
        Assert.Subset(simulations.Select(id => id[4..]).Concat(faults.Select(id => id[6..])).ToHashSet(StringComparer.Ordinal), kinds.Select(one => one.Key).ToHashSet(StringComparer.Ordinal));
        Assert.All(
            status.Simulations.Where(simulation => simulation.State == SimulationState.Completed),
            simulation => Assert.Equal(["model_outage", "rate_limiting"], kinds[simulation.SimulationId[4..]].Where(kind => kind != "overload")));
        Dictionary<string, double> page = PageReader.Read(await daemon.Metrics.GetStringAsync("/metrics"));
        Assert.Equal((1, 100), (page["metricssim_load_multiplier"], page["metricssim_enabled_users"]));
        Assert.All(page.Where(sample => sample.Key.StartsWith("metricssim_active_faults{", StringComparison.Ordinal)), sample => Assert.Equal(0, sample.Value));
    }

    [Fact]
    public async Task Loads_clocks_and_switches_from_many_clients_end_in_what_one_of_them_asked()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(users: 20, speed: 100));
        await Task.WhenAll(Enumerable.Range(1, Clients).Select(client => Task.Run(async () =>
        {
            await SendAsync(daemon, HttpMethod.Put, "load", $$"""{"multiplier":{{client}}}""", "multiplier");
            await SendAsync(daemon, HttpMethod.Put, "clock", $$"""{"speed":{{client}},"paused":{{(client % 2 == 0 ? "true" : "false")}}}""", "speed");
            Assert.Equal(HttpStatusCode.OK, (await daemon.Control.CurlAsync("/scenario", """{"scenario":"calm"}""")).StatusCode);
        })));

        await SendAsync(daemon, HttpMethod.Put, "clock", """{"paused":true}""", "speed");
        WorldStatus status = daemon.Handle.Loop.Status;
        Assert.Single(status.Simulations, simulation => simulation.State == SimulationState.Running);
        Assert.Equal(Clients, status.Simulations.Count);
        Assert.InRange(status.ManualLoad, 1, Clients);
        Assert.Equal(status.ManualLoad, status.Load);
        Assert.InRange(daemon.Handle.Loop.Clock.Speed, 1, Clients);
    }

    private static async Task<int> ScrapeAsync(RunningDaemon daemon, CancellationToken stop)
    {
        int scrapes = 0;
        double sessions = 0;
        while (!stop.IsCancellationRequested)
        {
            string page = await daemon.Metrics.GetStringAsync("/metrics", CancellationToken.None);
            Assert.True(PageReader.CheckHistograms(page) > 0);
            double now = PageReader.Read(page).Where(sample => sample.Key.StartsWith("otel_claude_code_session_count_total{", StringComparison.Ordinal)).Sum(sample => sample.Value);
            Assert.True(now >= sessions, $"sessions fell from {sessions} to {now}");
            sessions = now;
            scrapes++;
        }

        return scrapes;
    }

    private static async Task<JsonElement> JudgedAsync(RunningDaemon daemon)
    {
        using var late = new CancellationTokenSource(RunningDaemon.Patience);
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            JsonElement rows = await daemon.Control.GetJsonAsync("/api/v1/simulator/simulations");
            if (rows.EnumerateArray().All(row => row.GetProperty("judged").ValueKind == JsonValueKind.String)) return rows;
        }
    }

    private static async Task StopAsync(RunningDaemon daemon, string simulation)
    {
        HttpResponseMessage response = await daemon.Control.CurlAsync($"/api/v1/simulator/simulations/{simulation}/stop", "");
        // At this speed it may have come to its end before.
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
    }

    private static async Task<string> SendAsync(RunningDaemon daemon, HttpMethod method, string path, string body, string field)
    {
        HttpResponseMessage response = await daemon.Control.CurlAsync($"/api/v1/{path}", body, method.Method);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.JsonAsync();
        return answer.GetProperty(field).ToString();
    }
}
