using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Push;
using MetricsSim.Push.Otlp;
using MetricsSim.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>How series are shared out to requests, and with them to the memory of exporters.</summary>
public sealed class OtlpGroupTests
{
    [Fact]
    public async Task Deltas_of_sessions_take_the_place_of_those_that_have_ended()
    {
        const int Pushes = 40;
        int first = await RequestsAsync(1), all = await RequestsAsync(Pushes);
        Assert.True(first > 3, $"{first} requests");
        Assert.InRange(all, Pushes, 1.5 * Pushes * first);
    }

    /// <summary>Requests of all pushes of a population that stays as large as it is, but for who is in it.</summary>
    private static async Task<int> RequestsAsync(int pushes)
    {
        SimulatorConfig config = TestScenarios.Config(200);
        WorldOptions options = config.World with
        {
            Workload = config.World.Workload with { SessionsPerHour = 60 },
            Population = config.World.Population with { Segments = [.. config.World.Population.Segments.Select(segment => segment with { MedianSessionSeconds = 60 })] },
            Telemetry = config.World.Telemetry with { SessionRetention = TimeSpan.FromSeconds(30), Labels = new LabelOptions { SessionId = true } },
        };
        var endpoint = new Uri("http://localhost");
        var outbox = new OtlpOutbox(long.MaxValue, new RuntimeMetrics(TimeProvider.System), new PushHealth(endpoint, NullLogger.Instance));
        using (var metrics = new OtlpMetrics(new OtlpExport(new OtlpOptions { Endpoint = endpoint }, outbox), resumed: false))
        {
            var world = new World(options);
            var snapshot = new Snapshot(world.Layout);
            for (int push = 0; push < pushes; push++)
            {
                world.Step(15);
                world.CopyTo(snapshot);
                metrics.Follow(world.Layout, options, 0);
                Assert.Equal(0, metrics.Push(snapshot, forget: true));
            }
        }

        outbox.Complete();
        return await outbox.ReadAllAsync().CountAsync();
    }
}
