using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class ConcurrentScrapeTests
{
    [Fact]
    public async Task Fifty_scrapers_of_a_ticking_world_each_see_one_moment()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(users: 50, speed: 500));

        double[][] counts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            var seen = new List<double>();
            for (int i = 0; i < 4; i++)
            {
                string page = await daemon.Metrics.GetStringAsync("/metrics");
                Assert.True(PageReader.CheckHistograms(page) > 0);
                Dictionary<string, double> samples = PageReader.Read(page);
                seen.Add(samples.Where(sample => sample.Key.StartsWith("otel_claude_code_session_count_total", StringComparison.Ordinal)).Sum(sample => sample.Value));
            }

            return seen.ToArray();
        })));

        Assert.All(counts, seen => Assert.Equal(seen.Order(), seen));
        Assert.Equal(200, daemon.Handle.Metrics.ScrapeCount);
        Assert.True(daemon.Handle.Loop.Status.Tick > 0);
    }
}
