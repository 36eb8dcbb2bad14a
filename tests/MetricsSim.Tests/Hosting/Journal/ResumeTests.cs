using System.Net;
using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Hosting.Journal;

/// <summary>Resuming inside the test, on a clock that is moved by hand.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Path => _folder.File("journal");

    private static SimulatorConfig Config(string more = "") =>
        ConfigTestData.Good($"server: {{ port: 0, metrics_port: 0 }}\nlogging: {{ level: warning }}\nusers: {{ total: 20 }}\n{more}");

    [Fact]
    public async Task A_clean_stop_is_gone_on_with_and_the_time_between_is_caught_up()
    {
        var clock = new ManualTimeProvider();
        await using (RunningDaemon first = await StartAsync(clock))
        {
            clock.Advance(TimeSpan.FromSeconds(40));
            await first.UntilAsync(status => status.Tick >= 40);
            await first.Handle.Loop.SendAsync(new SetLoad(3));
        }

        clock.Advance(TimeSpan.FromSeconds(60));
        await using RunningDaemon second = await StartAsync(clock, resume: true);
        WorldStatus status = await second.UntilAsync(status => status.Tick >= 100 && second.Handle.Loop.IsReady);

        Assert.Equal((100, 3.0), (status.Tick, status.ManualLoad));
        Assert.Equal(JournalRun.PageAt(JournalRun.Read(Path), 100), await PageAsync(second));
        Assert.Equal("", second.Error.ToString());
    }

    [Fact]
    public async Task A_paused_clock_stays_where_it_was_and_a_changed_speed_is_kept()
    {
        var clock = new ManualTimeProvider();
        await using (RunningDaemon first = await StartAsync(clock))
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await first.UntilAsync(status => status.Tick >= 10);
            await first.Handle.Loop.SetClockAsync(5, true);
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using (RunningDaemon second = await StartAsync(clock, resume: true))
        {
            await second.UntilAsync(_ => second.Handle.Loop.IsReady);
            Assert.Equal((10, new ClockState(5, true)), (second.Handle.Loop.Status.Tick, second.Handle.Loop.Clock));
            await second.Handle.Loop.SetClockAsync(null, false);
        }

        clock.Advance(TimeSpan.FromSeconds(2));
        await using RunningDaemon third = await StartAsync(clock, resume: true);
        Assert.Equal(20, (await third.UntilAsync(_ => third.Handle.Loop.IsReady)).Tick);
    }

    [Fact]
    public void Late_ticks_wait_for_a_clock_that_was_stopped()
    {
        var time = new ManualTimeProvider();
        var late = new ClockReading(JournalSamples.Anchor, 103.5, 1, Paused: true);
        var catchUp = new CatchUp(100, TimeSpan.FromSeconds(1), [], _ => new WorldOptions(), late, 100, time, new ReplayClock(time, []), NullLogger.Instance);
        Assert.Equal(new CatchUpProgress(100, 100, 100), catchUp.Progress);
        var world = new World(new WorldOptions { Population = new PopulationOptions { Total = 1 } });
        Assert.Equal(103.5, catchUp.Pacer(world).PositionAt(0));
    }

    [Fact]
    public async Task A_wall_clock_that_went_back_takes_no_tick_back()
    {
        var clock = new ManualTimeProvider();
        await using (RunningDaemon first = await StartAsync(clock))
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await first.UntilAsync(status => status.Tick >= 10);
        }

        await using RunningDaemon second = await StartAsync(new ManualTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)), resume: true);
        Assert.Equal(10, (await second.UntilAsync(_ => second.Handle.Loop.IsReady)).Tick);
    }

    [Fact]
    public async Task Until_it_has_caught_up_it_says_so_and_takes_nothing()
    {
        await using (await StartAsync(new ManualTimeProvider()))
        {
        }

        byte[] before = File.ReadAllBytes(Path);
        var late = new ManualTimeProvider(new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using RunningDaemon daemon = await StartAsync(late, resume: true);

        await (await daemon.Metrics.GetAsync("/metrics")).ProblemAsync(503);
        JsonElement ready = await (await daemon.Control.GetAsync("/ready")).ProblemAsync(503);
        Assert.StartsWith("The simulation is catching up after a resume: tick ", ready.GetProperty("detail").GetString());
        foreach ((string method, string path, string body) in new[]
        {
            ("PUT", "/api/v1/load", """{"multiplier":2}"""), ("PUT", "/api/v1/clock", """{"paused":true}"""), ("POST", "/scenario", """{"scenario":"baseline"}"""),
            ("POST", "/api/v1/faults", """{"type":"total_outage"}"""), ("DELETE", "/api/v1/faults/fault_00000000", ""),
        })
        {
            JsonElement problem = await (await daemon.Control.CurlAsync(path, body, method)).ProblemAsync(503);
            Assert.Contains("catching up", problem.GetProperty("detail").GetString());
        }

        JsonElement health = await daemon.Control.GetJsonAsync("/health");
        Assert.Equal("catching_up", health.GetProperty("status").GetString());
        Assert.Equal(ExitCodes.Ok, await daemon.StopAsync());
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public async Task A_checkpoint_that_is_damaged_is_passed_over_for_an_older_one_and_at_last_for_the_first_tick()
    {
        var clock = new ManualTimeProvider();
        for (int run = 1; run <= 2; run++)
        {
            await using RunningDaemon daemon = await StartAsync(clock, resume: run > 1);
            clock.Advance(TimeSpan.FromSeconds(10));
            await daemon.UntilAsync(status => status.Tick >= 10 * run);
        }

        JournalContents contents = JournalRun.Read(Path);
        string[] checkpoints = [.. contents.Checkpoints.Select(record => _folder.File(record.File))];
        Assert.Equal(2, checkpoints.Length);
        string page = JournalRun.PageAt(contents, 20);
        Dictionary<string, byte[]> files = checkpoints.Append(Path).ToDictionary(file => file, File.ReadAllBytes);
        foreach (string damaged in checkpoints.Reverse())
        {
            files[damaged][^1] ^= 1;
            foreach ((string file, byte[] bytes) in files) File.WriteAllBytes(file, bytes);
            await using RunningDaemon daemon = await StartAsync(clock, resume: true);
            await daemon.UntilAsync(_ => daemon.Handle.Loop.IsReady);
            Assert.Contains($"{System.IO.Path.GetFileName(damaged)} can't be used, its file is damaged or gone", daemon.Error.ToString());
            Assert.Equal(page, await PageAsync(daemon));
        }
    }

    [Theory]
    [InlineData("users.total", "21", "--users: 21 contradicts the run that is resumed, whose users is 20")]
    [InlineData("simulation.seed", "8", "--users: 8 contradicts the run that is resumed, whose seed is 42")]
    [InlineData("simulation.speed", "3", "--users: 3 contradicts the run that is resumed, whose speed is 1")]
    [InlineData("simulation.seed", "42", null)]
    public async Task A_flag_that_says_otherwise_is_bad_input(string key, string value, string? said)
    {
        await using (await StartAsync(new ManualTimeProvider()))
        {
        }

        SimulatorConfig asked = Config() with { Source = Config().Source! with { Overrides = [new ConfigOverride(key, value, "--users")] } };
        await ResumesAsync(asked, null, said);
    }

    [Theory]
    [InlineData(null, "baseline", "--scenario baseline: the run that is resumed began without a scenario")]
    [InlineData("baseline", "black_friday", "--scenario black_friday: the run that is resumed began with baseline")]
    [InlineData("baseline", "baseline", null)]
    [InlineData("baseline", null, null)]
    public async Task Another_scenario_is_bad_input(string? began, string? asked, string? said)
    {
        await using (await StartAsync(new ManualTimeProvider(), initial: began is null ? null : new StartSimulation(began)))
        {
        }

        await ResumesAsync(Config(), asked is null ? null : new StartSimulation(asked), said);
    }

    [Fact]
    public async Task Another_version_is_bad_input_and_both_are_named()
    {
        File.WriteAllBytes(Path, JournalSamples.Bytes([JournalSamples.Header with { Engine = "0.0.9" }]));
        await ResumesAsync(Config(), null, $"{Path}: it was written by version 0.0.9, and this is 0.1.0");
    }

    [Fact]
    public async Task No_journal_is_bad_input() => await ResumesAsync(Config(), null, $"there is no journal {Path} to resume from: start without --resume");

    [Fact]
    public async Task Now_is_what_it_was()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero));
        SimulatorConfig config = ConfigLoader.Parse("server: { port: 0, metrics_port: 0 }\nsimulation: { start: now }\nlogging: { level: warning }\n", "c.yml", [], [], clock).Config!;
        await using (await RunningDaemon.StartAsync(config, clock, journal: new JournalOptions(Path, false)))
        {
        }

        await using RunningDaemon second = await RunningDaemon.StartAsync(config with { World = new WorldOptions() }, clock, journal: new JournalOptions(Path, true));
        Assert.Equal(clock.GetUtcNow(), second.Handle.Loop.Status.SimulatedTime);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> PageAsync(RunningDaemon daemon)
    {
        string page = await daemon.Metrics.GetStringAsync("/metrics");
        return page[..page.IndexOf("# HELP metricssim_runtime_", StringComparison.Ordinal)];
    }

    private Task<RunningDaemon> StartAsync(TimeProvider clock, bool resume = false, StartSimulation? initial = null) =>
        RunningDaemon.StartAsync(Config(), clock, initial, journal: new JournalOptions(Path, resume));

    private async Task ResumesAsync(SimulatorConfig config, StartSimulation? initial, string? refusal)
    {
        var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        var options = new DaemonOptions
        {
            Config = config, Initial = initial, Journal = new JournalOptions(Path, true), Time = new ManualTimeProvider(), Error = error, Started = _ => stop.Cancel(),
        };
        int exit = await Daemon.RunAsync(options, stop.Token).WaitAsync(RunningDaemon.Patience);
        if (refusal is null) Assert.Equal((ExitCodes.Ok, ""), (exit, error.ToString()));
        else Assert.StartsWith($"metricssim: {refusal}", error.ToString());
        Assert.Equal(refusal is null ? ExitCodes.Ok : ExitCodes.BadInput, exit);
    }
}
