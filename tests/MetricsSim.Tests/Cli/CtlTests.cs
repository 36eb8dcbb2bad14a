using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary><c>ctl</c> against a real daemon.</summary>
public sealed class CtlTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    private string Url => $"http://127.0.0.1:{_daemon.Handle.Port}";

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_simulation_is_started_listed_switched_and_stopped()
    {
        Assert.Equal("No simulation has been started.\n", await OutputAsync("simulations"));
        string started = await OutputAsync("start rush --compress 10 --duration 30m --seed 7");
        string id = _daemon.Handle.Loop.Status.Simulations[0].SimulationId;
        Assert.Equal($"rush runs as {id} from 2026-01-05 10:00:00\n", started);
        string table = await OutputAsync("simulations");
        Assert.Contains(id, table, StringComparison.Ordinal);
        Assert.Contains("increase_load at 2026-01-05 10:01:00", table, StringComparison.Ordinal);

        Assert.Matches("^calm runs as sim_", await OutputAsync("switch calm"));
        Assert.Equal("calm", _daemon.Handle.Loop.Status.CurrentScenario);
        string calm = _daemon.Handle.Loop.Status.Simulations[0].SimulationId;
        Assert.Equal($"{calm} (calm) stopped at 2026-01-05 10:00:00\n", await OutputAsync($"stop {calm}"));
        Assert.Null(_daemon.Handle.Loop.Status.CurrentScenario);

        string scenarios = await OutputAsync("scenarios");
        Assert.Matches(@"rush +Rush +1h +beginner +high +load, sale", scenarios);
    }

    [Fact]
    public async Task Verdicts_are_listed_and_followed()
    {
        Task<Finished> events = RunAsync("events");
        await FollowedAsync(1);
        await OutputAsync("start rush --compress 60");
        _clock.Advance(TimeSpan.FromSeconds(62));
        await _daemon.UntilAsync(status => status.Tick >= 62);
        string id = _daemon.Handle.Loop.Status.Simulations[0].SimulationId;
        string table = await OutputAsync("simulations");
        using var late = new CancellationTokenSource(RunningDaemon.Patience);
        while (!table.Contains('/', StringComparison.Ordinal))
        {
            late.Token.ThrowIfCancellationRequested();
            table = await OutputAsync("simulations");
        }

        Assert.Matches(@"completed .* passed 1/1", table);
        await _daemon.StopAsync();
        string output = (await events.WaitAsync(RunningDaemon.Patience)).Output;
        Assert.Contains("2026-01-05 10:01:00  verdict               passed: error_rate < 0.05 over the last 5m, measured 0", output, StringComparison.Ordinal);
        Assert.Contains($"2026-01-05 10:01:00  simulation_judged     rush passed [{id}]\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_begun_listed_and_cleared()
    {
        Assert.Equal("No fault is in force.\n", await OutputAsync("faults"));
        string begun = await OutputAsync("fault network_latency --duration 10m --max-delay 250.5 --affected-percentage 40");
        string id = _daemon.Handle.Loop.Status.Faults[0].FaultId;
        Assert.Equal($"network_latency is {id} from 2026-01-05 10:00:00 to 2026-01-05 10:10:00\n", begun);
        Assert.Matches($@"{id} +network_latency +– +2026-01-05 10:00:00 +2026-01-05 10:10:00 +affected_percentage 40, min_delay 0, max_delay 250.5", await OutputAsync("faults"));
        Assert.Equal($"{id} (network_latency) ended at 2026-01-05 10:00:00\n", await OutputAsync($"clear {id}"));
        Assert.Empty(_daemon.Handle.Loop.Status.Faults);
        await OutputAsync("fault resource_exhaustion --affected-resources cpu,memory --duration 600");
        Assert.Equal(["cpu", "memory"], _daemon.Handle.Loop.Status.Faults[0].Fault.AffectedResources);
    }

    [Fact]
    public async Task Load_and_clock_are_set_and_shown()
    {
        Assert.Equal("load 2.5, 2.5 with what runs\n", await OutputAsync("load 2.5"));
        Assert.Equal("2026-01-05 10:00:00, speed 4\n", await OutputAsync("speed 4"));
        Assert.Equal("2026-01-05 10:00:00, speed 4, paused\n", await OutputAsync("pause"));
        string status = await OutputAsync("status");
        Assert.Matches("clock +2026-01-05 10:00:00, speed 4, paused\n", status);
        Assert.Matches("load +2.5\n", status);
        Assert.Matches("users +20\n", status);
        Assert.Equal("2026-01-05 10:00:00, speed 4\n", await OutputAsync("resume"));
        using JsonDocument json = JsonDocument.Parse(await OutputAsync("status --json"));
        Assert.Equal("health clock load faults total_series", string.Join(' ', json.RootElement.Names()));
    }

    [Fact]
    public async Task Events_are_followed_until_the_daemon_stops()
    {
        Task<Finished> plain = RunAsync("events"), json = RunAsync("events --json");
        await FollowedAsync(2);

        await OutputAsync("load 3");
        await OutputAsync("start rush");
        await OutputAsync("pause");
        await _daemon.StopAsync();

        string sim = _daemon.Handle.Loop.Status.Simulations[0].SimulationId;
        Assert.Equal(
            $"""
            2026-01-05 10:00:00  load_changed          load 3
            2026-01-05 10:00:00  simulation_started    rush [{sim}]
            2026-01-05 10:00:00  timeline_event        start user_percentage 100, baseline 1: Doors open. [{sim}]
            2026-01-05 10:00:00  clock_changed         speed 1, paused

            """.ReplaceLineEndings("\n"),
            (await plain.WaitAsync(RunningDaemon.Patience)).Output);
        Finished lines = await json.WaitAsync(RunningDaemon.Patience);
        Assert.Equal((0, 4), (lines.ExitCode, lines.Output.TrimEnd().Split('\n').Length));
        Assert.StartsWith("""{"event":"load_changed","simulated_time":""", lines.Output, StringComparison.Ordinal);
    }

    /// <summary>Exit 2, with the daemon's reasons.</summary>
    [Theory]
    [InlineData("start nothing", "There is no scenario nothing.")]
    [InlineData("start rush --compress x --duration soon", "compress: expected a number from 0.01 to 10000, got \"x\"")]
    [InlineData("start rush --compress x --duration soon", "duration: expected a duration > 0")]
    [InlineData("stop sim_00000000", "no simulation 'sim_00000000'")]
    [InlineData("fault outage", "type: unknown type")]
    [InlineData("fault model_outage --affected-percentage 200 --model 7", "affected_percentage: expected a number")]
    [InlineData("fault model_outage --affected-percentage 200 --model 7", "model: unknown model")]
    [InlineData("clear fault_00000000", "no fault 'fault_00000000' is in force")]
    [InlineData("load much", "multiplier: expected a number from 0 to 10000, got")]
    [InlineData("speed 0", "speed: expected a number from 0.001 to 100000, got 0")]
    [InlineData("load", "Required argument missing")]
    [InlineData("status --url nowhere", "--url: 'nowhere' is not an http or https address")]
    public async Task What_is_wrong_is_said_and_ends_with_2(string command, string reason)
    {
        Finished finished = await RunAsync(command);
        Assert.Equal((2, ""), (finished.ExitCode, finished.Output));
        Assert.Contains($"metricssim: {reason}", finished.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", finished.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("load 2")]
    [InlineData("events")]
    public async Task Without_a_daemon_it_ends_with_4(string command)
    {
        string nowhere = $"http://127.0.0.1:{Ports.Free()}";
        Finished finished = await CliSession.RunAsync(["ctl", .. command.Split(' '), "--url", nowhere]);
        Assert.Equal((4, ""), (finished.ExitCode, finished.Output));
        Assert.Equal($"metricssim: can't talk to the daemon at {nowhere}: Connection refused\n", finished.Error);
    }

    [Fact]
    public async Task The_key_comes_from_the_environment()
    {
        SimulatorConfig config = TestScenarios.Config();
        await using RunningDaemon guarded = await RunningDaemon.StartAsync(
            config with { Server = config.Server with { Host = "0.0.0.0", ApiKey = "s3cret" } }, new ManualTimeProvider());
        string[] load = ["ctl", "load", "2", "--url", $"http://127.0.0.1:{guarded.Handle.Port}"];
        Finished without = await CliSession.RunAsync(load);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("X-API-Key", without.Error, StringComparison.Ordinal);
        Finished with = await CliSession.RunAsync(load, new Dictionary<string, string>(StringComparer.Ordinal) { ["METRICSSIM_API_KEY"] = "s3cret" });
        Assert.Equal(0, with.ExitCode);
        Assert.Equal(2, guarded.Handle.Loop.Status.Load);
    }

    private async Task FollowedAsync(int followers)
    {
        using var late = new CancellationTokenSource(RunningDaemon.Patience);
        while (_daemon.Handle.Loop.Events.Followers < followers)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<Finished> RunAsync(string command)
    {
        string[] words = command.Split(' ');
        return CliSession.RunAsync(["ctl", .. words, .. words.Contains("--url") ? Array.Empty<string>() : ["--url", Url]]);
    }

    private async Task<string> OutputAsync(string command)
    {
        Finished finished = await RunAsync(command);
        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        return finished.Output;
    }
}
