using System.CommandLine;
using MetricsSim.Analysis.Runs;
using MetricsSim.Cli;
using MetricsSim.Cli.OnDaemon;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli.OnDaemon;

/// <summary>What a person sees while a daemon plays.</summary>
public sealed class LiveProgressTests
{
    private static readonly DateTimeOffset Start = new WorldOptions().Start;

    [Theory]
    [InlineData("running", 600, 2, 10, false, "rush  2 of 5 events, burst_load in 10m, 2 faults, done in 5m at speed 10")]
    [InlineData("running", 600, 1, 1, false, "rush  2 of 5 events, burst_load in 10m, 1 fault, done in 50m")]
    [InlineData("running", 600, 0, 10, true, "rush  2 of 5 events, burst_load in 10m, paused")]
    [InlineData("completed", 3600, 0, 10, false, "rush  2 of 5 events, burst_load in 0, waiting for the last scrape")]
    public void A_simulation_is_a_line(string status, double at, int faults, double speed, bool paused, string line) =>
        Assert.Equal(line, LiveProgress.Text(Simulation(status, faults), new(Start.AddSeconds(at), (long)at, speed, paused)));

    [Fact]
    public async Task A_bar_is_drawn_and_lines_go_above_it()
    {
        await using var error = new StringWriter();
        var invocation = new Invocation
        {
            Parse = new RootCommand().Parse([]),
            Terminal = new Terminal { Out = Stream.Null, Error = error, Variable = _ => null, Width = 120, Interactive = true },
            Config = TestScenarios.Config(),
            Warnings = [],
            Json = false,
            NoColor = true,
            Threads = 1,
        };
        var result = await LiveProgress.WatchAsync(invocation, (tell, progress) =>
        {
            tell("rush runs");
            progress(Simulation("running", 1), new(Start.AddMinutes(10), 600, 10, false));
            progress(Simulation("running", 0), new(Start.AddMinutes(20), 1200, 10, false));
            return Task.FromResult(7);
        });
        Assert.Equal(7, result);
        Assert.Contains("rush runs", error.ToString(), StringComparison.Ordinal);
    }

    private static LiveSimulation Simulation(string status, int faults)
    {
        var options = TestScenarios.Config().World;
        var start = new StartSimulation("rush");
        var run = new PlayedRun
        {
            Scenario = TestScenarios.Rush,
            Options = options,
            Start = start,
            SimulationId = "sim_00000001",
            Plan = TimelinePlan.Of(TestScenarios.Rush, start, options.Tick),
        };
        return new LiveSimulation(0, run, 0)
        {
            Latest = new DaemonSimulation
            {
                ScenarioId = "rush",
                Status = status,
                StartedAt = Start,
                EndsAt = Start.AddHours(1),
                Progress = 0.25,
                EventsFired = 2,
                ActiveFaults = faults,
                Next = ("burst_load", Start.AddMinutes(20)),
            },
        };
    }
}
