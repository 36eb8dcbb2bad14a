using MetricsSim.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

/// <summary>A scrape is a read, and the same inputs give the same bytes: offline, on any number of threads, and on a daemon's page.</summary>
public sealed class SameBytesTests
{
    private const int Ticks = 3600;
    private const int Steps = 500;

    [Theory]
    [InlineData(0)]
    [InlineData(Steps)]
    public async Task A_daemon_shows_after_any_scrapes_what_render_prints(int scrapes)
    {
        var rendered = await RenderAsync("--seed", "7", "--at", "1h");
        var config = ConfigLoader.Load(null, [new ConfigOverride("simulation.seed", "7", "--seed")]).Config!;
        var clock = new ManualTimeProvider();
        await using var daemon = await RunningDaemon.StartAsync(config with { Server = new ServerOptions { Port = 0, MetricsPort = 0 } }, clock);
        for (var step = 1; step <= Steps; step++)
        {
            long tick = Ticks * step / Steps;
            clock.Advance(TimeSpan.FromSeconds(tick) - (clock.GetUtcNow() - daemon.Handle.Metrics.StartedAt));
            await daemon.UntilAsync(status => status.Tick >= tick);
            if (step < scrapes) await daemon.Metrics.GetByteArrayAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        }

        var page = await daemon.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(Math.Max(1, scrapes), daemon.Handle.Metrics.ScrapeCount);
        Assert.Equal(rendered, page[..page.IndexOf("# HELP metricssim_runtime_", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Shards_print_every_user_once_and_the_world_once()
    {
        string[] hour = ["--seed", "7", "--at", "1h"];
        var whole = Lines(await RenderAsync(hour));
        var shards = new List<string[]>();
        foreach (var shard in new[] { "1/3", "2/3", "3/3" }) shards.Add(Lines(await RenderAsync([.. hour, "--shard", shard])));
        string[] Own(IEnumerable<string> lines) =>
            [.. lines.Where(line => line.Contains("user_id=", StringComparison.Ordinal) || line.StartsWith("metricssim_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(Own(whole), Own(shards.SelectMany(lines => lines)));
        Assert.All(shards, lines => Assert.InRange(Own(lines).Length, Own(whole).Length / 4, Own(whole).Length / 2));

        static string[] Lines(string page) => [.. page.Split('\n').Where(line => line is [not '#', ..])];
    }

    [Fact]
    public async Task Render_prints_the_same_bytes_twice_and_on_four_threads()
    {
        // 3 000 users are three blocks, which four lanes really share.
        string[] hour = ["--seed", "7", "--at", "1h", "--users", "3000"];
        var first = await RenderAsync([.. hour, "--threads", "1"]);
        Assert.Equal(first, await RenderAsync([.. hour, "--threads", "1"]));
        Assert.Equal(first, await RenderAsync([.. hour, "--threads", "4"]));
        Assert.Contains("user_id=\"user_2999\"", first, StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync(params string[] flags)
    {
        var end = await MetricsSimProcess.RunAsync(["render", .. flags]);
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        return end.Output;
    }
}
