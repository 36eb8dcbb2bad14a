using System.Net;
using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;
using MetricsSim.Hosting.Reload;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Hosting.Journal;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting.Reload;

public sealed class HotReloadTests : IDisposable
{
    private const string Base = "server: { port: 0, metrics_port: 0 }\nlogging: { level: warning }\nusers: { total: 20 }\n";

    private readonly TemporaryDirectory _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly LogLines _lines = new();

    private string Journal => _folder.File("journal");

    [Fact]
    public async Task A_changed_file_is_in_effect_once_it_rests_and_the_api_answers_from_it()
    {
        await using RunningDaemon daemon = await StartAsync(Base);
        HotReload reload = Watch(daemon);
        await StepAsync(daemon, 300);
        Dictionary<string, double> before = PageReader.Read(World(await PageAsync(daemon)));
        using EventSubscription events = daemon.Handle.Loop.Events.Subscribe();

        Write(Base + "simulation: { speed: 4 }\nbackend: { timeout: 7s }\ntelemetry: { created: true }\nscenarios: { mine: { duration: 1m, timeline: [{ time: 0, event: deploy }] } }\n");
        await reload.LookAsync();
        Assert.Null(daemon.Handle.Loop.Reloaded);
        await reload.LookAsync();

        Assert.Equal(7, (await daemon.Control.GetJsonAsync("/config")).GetProperty("backend").GetProperty("timeout").GetDouble());
        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.GetAsync("/api/v1/simulator/scenarios/mine")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.CurlAsync("/scenario", """{"scenario":"mine"}""")).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Accept", "application/openmetrics-text");
        Assert.Contains("claude_code_session_count_created{", await (await daemon.Metrics.SendAsync(request)).Content.ReadAsStringAsync());
        Dictionary<string, double> after = PageReader.Read(await PageAsync(daemon));
        Assert.All(before.Where(sample => sample.Key.Contains("_total", StringComparison.Ordinal)), sample => Assert.Equal(sample.Value, after[sample.Key]));
        Assert.Equal(4, daemon.Handle.Loop.Clock.Speed);
        Assert.True(events.Reader.TryRead(out LiveEvent? live));
        Assert.Equal("config_reloaded", live.Name);
        Assert.Equal([$"The configuration was reloaded from {_folder.File("c.yml")}"], _lines.Taken());
    }

    [Fact]
    public async Task A_scenario_file_is_watched_too()
    {
        await using RunningDaemon daemon = await StartAsync(Base);
        HotReload reload = Watch(daemon);
        _folder.Write("scenarios/mine.yml", "duration: 1m\ntimeline: [{ time: 0, event: deploy }]\n");
        await LookAsync(reload);
        Assert.True(daemon.Handle.Loop.Reloaded!.World.Scenarios.ContainsKey("mine"));
        File.Delete(_folder.File("scenarios/mine.yml"));
        await LookAsync(reload);
        Assert.False(daemon.Handle.Loop.Reloaded!.World.Scenarios.ContainsKey("mine"));
    }

    [Fact]
    public async Task A_bad_file_is_told_with_all_that_is_wrong_and_the_old_one_stays()
    {
        await using RunningDaemon daemon = await StartAsync(Base);
        HotReload reload = Watch(daemon);
        Write(Base + "backend: { timeout: never }\nsimulations: {}\n");
        await LookAsync(reload);
        await reload.LookAsync();

        string file = _folder.File("c.yml");
        string[] lines = _lines.Taken();
        Assert.Equal(3, lines.Length);
        Assert.Contains(lines, line => line.StartsWith($"{file}:4:21: backend.timeout: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"{file}:5:1: simulations: ", StringComparison.Ordinal));
        Assert.Equal($"The changed configuration {file} has errors (2): the one before stays in effect", lines[^1]);
        Assert.Null(daemon.Handle.Loop.Reloaded);

        Write(Base + "backend: { timeout: 9s }\n");
        await LookAsync(reload);
        Assert.Equal(TimeSpan.FromSeconds(9), daemon.Handle.Loop.Reloaded!.World.Backend.Timeout);
        File.Delete(file);
        await LookAsync(reload);
        Assert.Contains(_lines.Taken(), line => line == $"{file}: no such file");
        Assert.Equal(TimeSpan.FromSeconds(9), daemon.Handle.Loop.Reloaded!.World.Backend.Timeout);
    }

    [Theory]
    [InlineData("users: { total: 21 }\n", "its number of users, which is 20, not 21")]
    [InlineData("users: { total: 20 }\nsimulation: { seed: 43 }\n", "its seed, which is 42, not 43")]
    [InlineData("users: { total: 20 }\nsimulation: { start: 2026-01-06T10:00 }\n", "its start, which is ")]
    [InlineData("users: { total: 20 }\nserver: { port: 0, metrics_port: 0, update_interval: 2s }\n", "its tick, which is 00:00:01, not 00:00:02")]
    public async Task What_a_running_world_keeps_is_refused_and_nothing_else_is_taken(string changed, string reason)
    {
        await using RunningDaemon daemon = await StartAsync(Base);
        HotReload reload = Watch(daemon);
        Write(changed + "backend: { timeout: 9s }\n");
        await LookAsync(reload);

        string line = Assert.Single(_lines.Taken());
        Assert.StartsWith($"The changed configuration {_folder.File("c.yml")} is not taken: a running world keeps {reason}", line);
        Assert.EndsWith("; the one before stays in effect as a whole", line);
        Assert.Null(daemon.Handle.Loop.Reloaded);
    }

    [Fact]
    public async Task What_needs_a_restart_is_named_and_the_rest_is_taken()
    {
        await using RunningDaemon daemon = await StartAsync(Base);
        HotReload reload = Watch(daemon);
        Write("server: { port: 1, metrics_port: 0, max_connections: 5 }\nlogging: { level: error }\npush: { remote_write: { enabled: true } }\nusers: { total: 20 }\nbackend: { timeout: 9s }\n");
        await LookAsync(reload);

        Assert.Equal("server.port, server.max_connections, logging.level, push.remote_write changed and take effect with the next start", _lines.Taken()[^1]);
        Assert.Equal((0, TimeSpan.FromSeconds(9)), (daemon.Handle.Loop.Reloaded!.Server.Port, daemon.Handle.Loop.Reloaded.World.Backend.Timeout));
    }

    [Fact]
    public async Task Now_stays_what_it_was()
    {
        await using RunningDaemon daemon = await StartAsync(Base + "simulation: { start: now }\n");
        HotReload reload = Watch(daemon);
        DateTimeOffset start = daemon.Handle.Loop.Status.SimulatedTime;
        await StepAsync(daemon, 60);
        Write(Base + "simulation: { start: now }\nbackend: { timeout: 9s }\n");
        await LookAsync(reload);
        Assert.Equal(start, daemon.Handle.Loop.Reloaded!.World.Start);
        Assert.Equal(start.AddSeconds(60), daemon.Handle.Loop.Status.SimulatedTime);
    }

    [Fact]
    public async Task A_reload_is_noted_and_a_resumed_run_goes_through_it()
    {
        await using (RunningDaemon daemon = await StartAsync(Base, journal: true))
        {
            HotReload reload = Watch(daemon);
            await StepAsync(daemon, 100);
            Write(Base + "workload: { sessions_per_hour: 40 }\n");
            await LookAsync(reload);
            await daemon.Handle.Loop.SendAsync(new SetLoad(2));
            await StepAsync(daemon, 200);
        }

        JournalContents contents = JournalRun.Read(Journal);
        Assert.Equal([typeof(ReloadRecord), typeof(CommandRecord)], contents.Changes.Select(change => change.GetType()));
        string page = JournalRun.PageAt(contents, 200);

        // From its checkpoint, and then from the first tick.
        for (int i = 0; i < 2; i++)
        {
            await using (RunningDaemon daemon = await StartAsync(Base, journal: true, resume: true))
            {
                await daemon.UntilAsync(_ => daemon.Handle.Loop.IsReady);
                Assert.Equal(page, World(await PageAsync(daemon)));
                Assert.Equal(40, (await daemon.Control.GetJsonAsync("/config")).GetProperty("workload").GetProperty("sessions_per_hour").GetDouble());
            }

            foreach (string checkpoint in new JournalFiles(Journal).Checkpoints()) File.Delete(checkpoint);
        }
    }

    [Fact]
    public async Task Reloads_in_a_storm_of_scrapes_and_commands_leave_each_page_whole()
    {
        SimulatorConfig one = Read(Base + "simulation: { speed: 50 }\n");
        SimulatorConfig other = Read(Base + "simulation: { speed: 50 }\nworkload: { sessions_per_hour: 50 }\nmodel_distribution: { m: 1 }\ncosts_per_1k_tokens: { m: { input: 1, output: 1 } }\n");
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(one, journal: new JournalOptions(Journal, false));
        string[][] layouts = [NamesOf(one), NamesOf(other)];
        using var over = new CancellationTokenSource();
        Task<int>[] scrapers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => ScrapeAsync(daemon, layouts, over.Token)))];
        Task commands = Task.Run(async () =>
        {
            for (int i = 0; !over.IsCancellationRequested; i++) await daemon.Handle.Loop.SendAsync(new SetLoad(1 + (i % 3)));
        });

        for (int i = 1; i <= 60; i++) await daemon.Handle.Loop.ReloadAsync(i % 2 == 0 ? one : other).WaitAsync(RunningDaemon.Patience);
        await over.CancelAsync();
        await commands.WaitAsync(RunningDaemon.Patience);
        int[] pages = await Task.WhenAll(scrapers).WaitAsync(RunningDaemon.Patience);

        Assert.All(pages, count => Assert.True(count > 0));
        await daemon.Handle.Loop.SetClockAsync(null, true);
        string page = World(await PageAsync(daemon));
        Assert.Equal(JournalRun.PageAt(JournalRun.Read(Journal), daemon.Handle.Loop.Status.Tick), page);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> ScrapeAsync(RunningDaemon daemon, string[][] layouts, CancellationToken over)
    {
        Dictionary<string, double> before = [];
        int pages = 0;
        do
        {
            Dictionary<string, double> now = PageReader.Read(World(await PageAsync(daemon)));
            Assert.Contains(layouts, layout => layout.SequenceEqual(now.Keys.Order(StringComparer.Ordinal)));
            foreach ((string series, double value) in before)
            {
                // What is not in both layouts begins anew with each.
                bool lasts = layouts.All(layout => layout.Contains(series)) && series.Split('{')[0].EndsWith("_total", StringComparison.Ordinal);
                if (lasts) Assert.True(now[series] >= value, $"{series} fell from {value} to {now[series]}");
            }

            (before, pages) = (now, pages + 1);
        }
        while (!over.IsCancellationRequested);
        return pages;
    }

    private static string[] NamesOf(SimulatorConfig config) =>
        [.. PageReader.Read(JournalRun.Page(new World(config.World))).Keys.Order(StringComparer.Ordinal)];

    private static async Task<string> PageAsync(RunningDaemon daemon) => await daemon.Metrics.GetStringAsync("/metrics");

    private static string World(string page) => page[..page.IndexOf("# HELP metricssim_runtime_", StringComparison.Ordinal)];

    private static async Task LookAsync(HotReload reload)
    {
        await reload.LookAsync();
        await reload.LookAsync();
    }

    private SimulatorConfig Read(string text)
    {
        Write(text);
        ConfigResult result = ConfigLoader.Load(_folder.File("c.yml"), [], _clock);
        Assert.Equal([], result.Errors.Select(error => error.ToString()));
        return result.Config!;
    }

    private void Write(string text) => _folder.Write("c.yml", text);

    private Task<RunningDaemon> StartAsync(string text, bool journal = false, bool resume = false) =>
        RunningDaemon.StartAsync(Read(text), _clock, journal: journal ? new JournalOptions(Journal, resume) : null);

    private HotReload Watch(RunningDaemon daemon) =>
        new(ConfigLoader.Load(_folder.File("c.yml"), [], new ManualTimeProvider()).Config!, daemon.Handle.Loop, _clock, _lines);

    private async Task StepAsync(RunningDaemon daemon, long tick)
    {
        _clock.Advance(TimeSpan.FromSeconds(tick - daemon.Handle.Loop.Status.Tick));
        await daemon.UntilAsync(status => status.Tick >= tick);
    }
}
