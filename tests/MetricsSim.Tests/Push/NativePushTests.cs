using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Tests.Wire.RemoteWrite;
using MetricsSim.Exposition;
using MetricsSim.Push;
using MetricsSim.Tests.Support;
using MetricsSim.Wire.RemoteWrite;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Push;

/// <summary>A receiver of 2.0 that reads requests as the specification says, and says what it has written.</summary>
public sealed class NativePushTests : IAsyncDisposable
{
    private static readonly SimulatorConfig Config = TestScenarios.Config();
    private readonly SimulatorConfig _config = Config with { World = Config.World with { Telemetry = new() { Histograms = HistogramKinds.Both, Exemplars = true } } };
    private readonly LogLines _log = new();
    private WriteReceiver? _receiver;

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null) await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Histograms_and_exemplars_are_counted_as_the_receiver_says_it_has_written_them(bool keepsExemplars)
    {
        _receiver = await WriteReceiver.StartAsync((context, number) =>
        {
            WrittenRequest written = Write2RequestReader.Flat(_receiver!.Received[number].Body);
            Say(context, "Samples", written.Samples.Count);
            Say(context, "Histograms", written.Histograms.Count);
            Say(context, "Exemplars", keepsExemplars ? written.Exemplars.Count : 0);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await using var loop = new TestLoop(_config);
        await loop.StartAsync();
        loop.Clock.Advance(TimeSpan.FromMinutes(10));
        await loop.SettledTickAsync();

        // The clock is that of timeouts too, and moves while requests are on their way.
        var options = new RemoteWriteOptions { Url = _receiver.Url, Version = RemoteWriteVersion.V2, MaxSamplesPerSend = 200, Shards = 2, Timeout = TimeSpan.FromHours(1) };
        using RemoteWriter writer = RemoteWriter.For(_config with { RemoteWrite = options }, loop.Loop, loop.Metrics, loop.Clock, _log)!;
        writer.Start();
        await _receiver.UntilAsync(all => all.Count > 1);
        loop.Clock.Advance(TimeSpan.FromSeconds(30));
        await writer.DrainAsync(CancellationToken.None);

        List<WrittenRequest> received = [.. _receiver.Received.Select(write => Write2RequestReader.Flat(write.Body))];
        int samples = received.Sum(write => write.Samples.Count), histograms = received.Sum(write => write.Histograms.Count), exemplars = received.Sum(write => write.Exemplars.Count);
        Assert.True(histograms > 50 && exemplars > 50, $"{histograms} histograms, {exemplars} exemplars");
        Assert.Equal([samples, 0, 0], Cells(loop, PushFamilies.Samples));
        Assert.Equal([histograms, 0, 0], Cells(loop, PushFamilies.Histograms));
        Assert.Equal(keepsExemplars ? [exemplars, 0, 0] : [0, exemplars, 0], Cells(loop, PushFamilies.Exemplars));
        Assert.Equal(0, Cells(loop, PushFamilies.Queue)[0]);
        Assert.Equal(keepsExemplars ? 0 : 1, _log.Taken().Count(line => line.Contains("exemplars", StringComparison.Ordinal)));

        // Counters began when the simulation did.
        long start = _config.World.Start.ToUnixTimeMilliseconds(), now = loop.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.All(received.SelectMany(write => write.Histograms), histogram => Assert.InRange(histogram.Start, start, now - 600_000));
        Assert.All(received.SelectMany(write => write.Exemplars), exemplar => Assert.InRange(exemplar.Time, start, now));
    }

    private static void Say(HttpContext context, string what, int number) => context.Response.Headers[$"X-Prometheus-Remote-Write-{what}-Written"] = $"{number}";

    private static long[] Cells(TestLoop loop, Core.Series.MetricFamily family) => loop.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(family)];
}
