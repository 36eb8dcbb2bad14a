using System.Globalization;
using System.Text.Json;
using MetricsSim.Hosting.Journal;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Hosting.Journal;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>The real program, killed at random moments while it is scraped and commanded, and resumed.</summary>
public sealed class KilledDaemonTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly List<string> _faults = [];
    private string _page = "";

    private string Journal => _folder.File("journal");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_counter_falls_no_answered_command_is_lost_and_the_page_is_that_of_a_run_that_was_never_killed(int seed)
    {
        var random = new Random(seed);
        string[] first = ["--users", "40", "--speed", "20", "--seed", $"{seed}", "--scenario", "black_friday", "--compress", "60", "--journal", Journal];
        string[] again = ["--resume", "--journal", Journal];
        await using (var daemon = await MetricsSimProcess.ServeAsync(first)) await ScrapeAndKillAsync(daemon, random, random.Next(20, 60));
        await using (var daemon = await MetricsSimProcess.ServeAsync(again)) await ScrapeAndKillAsync(daemon, random, random.Next(1, 40));

        // The second kill in a row comes before anything was asked.
        await using (var daemon = await MetricsSimProcess.ServeAsync(again)) await ScrapeAndKillAsync(daemon, random, 0);
        long tick;
        await using (var daemon = await MetricsSimProcess.ServeAsync(again))
        {
            await ScrapeAsync(daemon);
            await PutAsync(daemon, "api/v1/clock", """{"speed":3,"paused":true}""");
            tick = (await GetAsync(daemon, "api/v1/clock")).GetProperty("tick").GetInt64();
            await ScrapeAsync(daemon);
            Assert.Equal(JournalRun.PageAt(JournalRun.Read(Journal), tick), World(_page));
            JsonElement faults = await GetAsync(daemon, "api/v1/faults");
            string[] inForce = [.. faults.EnumerateArray().Select(fault => fault.GetProperty("fault_id").GetString()!)];
            Assert.All(_faults, fault => Assert.Contains(fault, inForce));
            daemon.Signal(MetricsSimProcess.Terminate);
            Assert.Equal(0, (await daemon.EndAsync()).ExitCode);
        }

        // From the checkpoint of a clean stop, with the clock still standing.
        string before = World(_page);
        await using (var daemon = await MetricsSimProcess.ServeAsync(again))
        {
            await ScrapeAsync(daemon);
            Assert.Equal(before, World(_page));
            Assert.Contains($"Resuming at tick {tick}: catching up to tick {tick}", daemon.Error, StringComparison.Ordinal);
            Assert.Equal((3, true), Clock(await GetAsync(daemon, "api/v1/clock")));
            Finished second = await MetricsSimProcess.RunAsync(["serve", "--port", "0", "--metrics-port", "0", .. again]);
            Assert.Equal(3, second.ExitCode);
            Assert.StartsWith($"metricssim: the journal {Journal} belongs to another daemon", second.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_torn_end_is_cut_and_damage_before_it_is_bad_input()
    {
        string[] resume = ["--resume", "--journal", Journal];
        await using (var daemon = await MetricsSimProcess.ServeAsync(["--users", "5", "--journal", Journal]))
        {
            await PutAsync(daemon, "api/v1/load", """{"multiplier":2}""");
            daemon.Signal("KILL");
            await daemon.EndAsync();
        }

        JournalContents whole = JournalRun.Read(Journal);
        byte[] bytes = File.ReadAllBytes(Journal);
        File.AppendAllText(Journal, "01234567 0000");
        await using (var daemon = await MetricsSimProcess.ServeAsync(resume))
        {
            Assert.Contains($"The journal {Journal} ended within a record: its last 13 bytes were cut", daemon.Error, StringComparison.Ordinal);
            Assert.Equal(2, (await GetAsync(daemon, "api/v1/load")).GetProperty("multiplier").GetDouble());
        }

        bytes[JournalFrame.Encode(whole.Header).Length + 20] ^= 1;
        File.WriteAllBytes(Journal, bytes);
        Finished end = await MetricsSimProcess.RunAsync(["serve", .. resume]);
        Assert.Equal(2, end.ExitCode);
        Assert.StartsWith($"metricssim: {Journal}: record 2 at byte {JournalFrame.Encode(whole.Header).Length} is damaged", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_refuses_changes_and_says_why()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs bash and ulimit");

        // A limit on the size of files fails like a full disk, once the signal that goes with it is ignored; the runtime keeps its code
        // in such a file unless told otherwise.
        await using var daemon = await MetricsSimProcess.ServeAsync(["--users", "5", "--journal", Journal], shell: "trap '' XFSZ; ulimit -f 24; export DOTNET_EnableWriteXorExecute=0");
        string? refusal = null;
        for (int i = 0; i < 500 && refusal is null; i++)
        {
            using var answer = await daemon.Http.CurlAsync(new Uri(daemon.Control, "api/v1/load").ToString(), $$"""{"multiplier":{{1 + i}}}""", "PUT");
            if (!answer.IsSuccessStatusCode) refusal = (await answer.ProblemAsync(503)).GetProperty("detail").GetString();
        }

        Assert.StartsWith("The journal can't be written: Specified file length was too large", refusal, StringComparison.Ordinal);
        JsonElement health = await GetAsync(daemon, "health");
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.StartsWith("Specified file length was too large", health.GetProperty("journal_failure").GetString(), StringComparison.Ordinal);
        double load = (await GetAsync(daemon, "api/v1/load")).GetProperty("multiplier").GetDouble();
        JournalContents journal = JournalRun.Read(Journal);
        Assert.Equal(0, journal.Damaged);
        Assert.Equal(load, ((Core.Engine.SetLoad)((CommandRecord)journal.Changes[^1]).Command).Multiplier);
        daemon.Signal(MetricsSimProcess.Terminate);
        Finished end = await daemon.EndAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.Contains($"The journal {Journal} can't be written: Specified file length was too large", end.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static (double Speed, bool Paused) Clock(JsonElement clock) => (clock.GetProperty("speed").GetDouble(), clock.GetProperty("paused").GetBoolean());

    private static string World(string page) => page[..page.IndexOf("# HELP metricssim_runtime_", StringComparison.Ordinal)];

    private static async Task<JsonElement> GetAsync(MetricsSimProcess daemon, string path) =>
        await daemon.Http.GetJsonAsync(new Uri(daemon.Control, path).ToString());

    private static async Task<JsonElement> PutAsync(MetricsSimProcess daemon, string path, string body, string method = "PUT")
    {
        using var answer = await daemon.Http.CurlAsync(new Uri(daemon.Control, path).ToString(), body, method);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private async Task ScrapeAndKillAsync(MetricsSimProcess daemon, Random random, int scrapes)
    {
        await ScrapeAsync(daemon);
        for (int i = 0; i < scrapes; i++)
        {
            if (random.Next(4) == 0) await CommandAsync(daemon, random);
            await ScrapeAsync(daemon);
        }

        // Some more are on their way when it ends; nobody has been told that they took effect.
        Task[] unanswered = [.. Enumerable.Range(0, random.Next(4)).Select(_ => CommandAsync(daemon, new Random(random.Next())))];
        daemon.Signal("KILL");
        Assert.Equal(137, (await daemon.EndAsync()).ExitCode);
        await Task.WhenAll(unanswered.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
    }

    private async Task CommandAsync(MetricsSimProcess daemon, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                await PutAsync(daemon, "api/v1/load", string.Create(CultureInfo.InvariantCulture, $$"""{"multiplier":{{random.NextDouble() * 3}}}"""));
                break;
            case 1:
                await PutAsync(daemon, "api/v1/clock", $$"""{"speed":{{random.Next(5, 40)}}}""");
                break;
            case 2:
                await PutAsync(daemon, "api/v1/simulator/scenarios/baseline/start", "{}", "POST");
                break;
            default:
                JsonElement fault = await PutAsync(daemon, "api/v1/faults", """{"type":"model_outage","affected_percentage":20}""", "POST");
                lock (_faults) _faults.Add(fault.GetProperty("fault_id").GetString()!);
                break;
        }
    }

    private async Task ScrapeAsync(MetricsSimProcess daemon)
    {
        string page = await daemon.Http.GetStringAsync(daemon.Metrics);
        if (_page.Length > 0)
        {
            Dictionary<string, double> now = PageReader.Read(page);
            foreach ((string series, double value) in PageReader.Read(World(_page)).Where(sample => IsCounter(sample.Key)))
                Assert.True(now[series] >= value, $"{series} fell from {value} to {now[series]}");
        }

        _page = page;
    }

    private static bool IsCounter(string series)
    {
        string name = series.Split('{')[0];
        return name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal);
    }
}
