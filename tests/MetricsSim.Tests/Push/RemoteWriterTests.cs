using MetricsSim.Configuration;
using MetricsSim.Core.Tests.Wire.RemoteWrite;
using MetricsSim.Exposition;
using MetricsSim.Push;
using MetricsSim.Tests.Support;
using MetricsSim.Wire.RemoteWrite;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Push;

/// <summary>Pushing to receivers that behave well, badly, or not at all, on a clock that moves when it is told to.</summary>
public sealed class RemoteWriterTests : IAsyncDisposable
{
    private const string Time = "metricssim_simulated_time_seconds";
    private readonly TestLoop _loop = new();
    private WriteReceiver? _receiver;
    private RemoteWriter? _writer;

    public async ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        await _loop.DisposeAsync();
        if (_receiver is not null) await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_push_holds_every_series_and_says_what_it_is()
    {
        await StartAsync(null, options => options with { Headers = [new("X-Scope-OrgID", "blue"), new("X-Mine", "a b")] });
        IReadOnlyList<ReceivedWrite> received = await _receiver!.UntilAsync(all => all.Count >= 2 && SamplesOf(all).Any(Is(Time)));
        Assert.Equal("/api/v1/write", received[0].Path);
        Assert.Equal("application/x-protobuf", received[0].Headers["Content-Type"]);
        Assert.Equal("snappy", received[0].Headers["Content-Encoding"]);
        Assert.Equal("0.1.0", received[0].Headers["X-Prometheus-Remote-Write-Version"]);
        Assert.Equal("blue", received[0].Headers["X-Scope-OrgID"]);
        Assert.Equal("a b", received[0].Headers["X-Mine"]);
        Assert.StartsWith("metricssim/", received[0].Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Contains(WriteRequestReader.Read(received[0].Body).Metadata, metadata => metadata.Name == Time);
        Assert.All(SamplesOf(received), sample => Assert.Equal(_loop.Clock.GetUtcNow().ToUnixTimeMilliseconds(), sample.Time));
        Assert.Contains(SamplesOf(received), sample => sample.Labels.Contains(new("job", "metricssim")) && sample.Labels.Contains(new("instance", "localhost:8001")));
    }

    [Fact]
    public async Task There_is_a_push_each_interval_and_a_last_one_at_the_end()
    {
        await StartAsync(null, options => options with { MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero });
        await _receiver!.UntilAsync(all => all.Count == 1);
        await _loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(15));
        _loop.Clock.Advance(TimeSpan.FromSeconds(15));
        await _receiver.UntilAsync(all => all.Count == 2);
        _loop.Clock.Advance(TimeSpan.FromSeconds(1));
        await _writer!.DrainAsync(CancellationToken.None);
        IReadOnlyList<ReceivedWrite> received = await _receiver.UntilAsync(all => all.Count == 3);
        long first = received[0].Samples[0].Time;
        Assert.Equal([0, 15_000, 16_000], received.Select(write => write.Samples[0].Time - first));
        Assert.Equal(received.Sum(write => write.Samples.Count), Counted(PushOutcome.Sent));
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(503, true)]
    [InlineData(429, false)]
    [InlineData(429, true)]
    public async Task What_may_be_taken_later_is_tried_again_after_the_time_that_is_asked_for(int status, bool asDate)
    {
        await StartAsync((context, number) =>
        {
            context.Response.Headers.RetryAfter = asDate ? $"{_loop.Clock.GetUtcNow().AddSeconds(7):R}" : "7";
            return number == 0 ? WriteReceiver.StatusAsync(context, status) : Task.CompletedTask;
        }, options => options with { MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero });
        await _receiver!.UntilAsync(all => all.Count == 1);
        await _loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(7));
        _loop.Clock.Advance(TimeSpan.FromSeconds(7));
        IReadOnlyList<ReceivedWrite> received = await _receiver.UntilAsync(all => all.Count == 2);
        Assert.Equal(received[0].Body, received[1].Body);
        await _writer!.DrainAsync(CancellationToken.None);
        Assert.Equal(received[0].Samples.Count, Cell(PushFamilies.Retried));
        Assert.Equal((0, 0, 0), (Counted(PushOutcome.Failed), Counted(PushOutcome.Dropped), Cell(PushFamilies.Queue)));
    }

    [Fact]
    public async Task What_is_tried_again_comes_before_the_next_of_its_shard()
    {
        await StartAsync(
            (context, number) => number < 2 ? WriteReceiver.StatusAsync(context, 503) : Task.CompletedTask,
            options => options with { MaxSamplesPerSend = 50, MetadataInterval = TimeSpan.Zero, MinBackoff = TimeSpan.FromSeconds(1.25) });
        await _loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(1.25));
        _loop.Clock.Advance(TimeSpan.FromSeconds(1.25));
        await _loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(3.75));
        _loop.Clock.Advance(TimeSpan.FromSeconds(2.5));
        IReadOnlyList<ReceivedWrite> received = await _receiver!.UntilAsync(all => all.Count > 5);
        Assert.Equal(received[0].Body, received[1].Body);
        Assert.Equal(received[0].Body, received[2].Body);
        Assert.Distinct(received.Skip(2).Select(write => Convert.ToBase64String(write.Body)));
    }

    [Theory]
    [InlineData(400, "")]
    [InlineData(404, "no such tenant\r\nsecond line")]
    [InlineData(302, "")]
    public async Task What_is_refused_is_dropped_and_counted_and_the_next_push_is_sent(int status, string body)
    {
        await StartAsync((context, number) =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return number == 0 ? WriteReceiver.StatusAsync(context, status, body) : Task.CompletedTask;
        }, options => options with { MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero });
        await _receiver!.UntilAsync(all => all.Count == 1);
        _loop.Clock.Advance(TimeSpan.FromSeconds(1));
        await _writer!.DrainAsync(CancellationToken.None);
        IReadOnlyList<ReceivedWrite> received = await _receiver.UntilAsync(all => all.Count == 2);
        Assert.DoesNotContain(received, write => write.Path == "/elsewhere");
        Assert.Equal(received[0].Samples.Count, Counted(PushOutcome.Failed));
        Assert.Equal(received[1].Samples.Count, Counted(PushOutcome.Sent));
        Assert.Equal(0, Cell(PushFamilies.Retried));
    }

    [Fact]
    public async Task A_200_with_garbage_is_a_success()
    {
        await StartAsync((context, _) => WriteReceiver.StatusAsync(context, 200, new string('\0', 100_000)), options => options);
        await _receiver!.UntilAsync(all => SamplesOf(all).Any());
        await _writer!.DrainAsync(CancellationToken.None);
        Assert.Equal((0, 0), (Counted(PushOutcome.Failed), Cell(PushFamilies.Retried)));
        Assert.True(Counted(PushOutcome.Sent) > 0);
    }

    [Theory]
    [InlineData(200, "all", 1, 0)]
    [InlineData(200, "7", 0, 1)]
    [InlineData(200, "", 0, 1)]
    [InlineData(200, "garbage", 0, 1)]
    [InlineData(400, "7", 0, 1)]
    public async Task Version_2_counts_what_the_receiver_says_it_has_written(int status, string written, int whole, int rest)
    {
        await StartAsync((context, number) =>
        {
            int all = Write2RequestReader.Read(_receiver!.Received[number].Body).Count;
            if (written.Length > 0) context.Response.Headers["X-Prometheus-Remote-Write-Samples-Written"] = written == "all" ? $"{all}" : written;
            return WriteReceiver.StatusAsync(context, status);
        }, options => options with { Version = RemoteWriteVersion.V2, MaxSamplesPerSend = 100_000 });
        await _receiver!.UntilAsync(all => all.Count == 1);
        await _loop.Loop.SetClockAsync(null, true);
        await _writer!.DrainAsync(CancellationToken.None);
        IReadOnlyList<ReceivedWrite> received = _receiver.Received;
        int sent = received.Sum(write => Write2RequestReader.Read(write.Body).Count), said = written == "7" ? 7 * received.Count : 0;
        Assert.Equal("application/x-protobuf;proto=io.prometheus.write.v2.Request", received[0].Headers["Content-Type"].Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("2.0.0", received[0].Headers["X-Prometheus-Remote-Write-Version"]);
        Assert.Equal((whole * sent) + said, Counted(PushOutcome.Sent));
        Assert.Equal(rest * (sent - said), Counted(PushOutcome.Failed));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up_at_the_timeout()
    {
        await StartAsync((context, number) => number == 0 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask,
            options => options with { Timeout = TimeSpan.FromSeconds(3), MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero, MinBackoff = TimeSpan.FromSeconds(1.25) });
        await _receiver!.UntilAsync(all => all.Count == 1);
        _loop.Clock.Advance(TimeSpan.FromSeconds(3));
        await _loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(4.25));
        _loop.Clock.Advance(TimeSpan.FromSeconds(1.25));
        await _receiver.UntilAsync(all => all.Count == 2);
        Assert.True(Cell(PushFamilies.Retried) > 0);
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest_and_counts_them()
    {
        bool down = true;
        await StartAsync((context, _) => Volatile.Read(ref down) ? WriteReceiver.StatusAsync(context, 503) : Task.CompletedTask,
            options => options with { QueueCapacity = 2, MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero, MinBackoff = TimeSpan.FromHours(1), MaxBackoff = TimeSpan.FromHours(1) });
        await _receiver!.UntilAsync(all => all.Count == 1);
        int samples = (await _receiver.UntilAsync(_ => true))[0].Samples.Count;
        for (int push = 1; push <= 4; push++)
        {
            long waiting = Cell(PushFamilies.Queue) + Counted(PushOutcome.Dropped);
            await _loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(15 * push));
            _loop.Clock.Advance(TimeSpan.FromSeconds(15));
            await Poll.UntilAsync(() => Cell(PushFamilies.Queue) + Counted(PushOutcome.Dropped) > waiting);
        }

        // One is on its way and two wait; a sample is counted as dropped a moment after the one that takes its place.
        await Poll.UntilAsync(() => Counted(PushOutcome.Dropped) >= 2 * samples);
        Assert.True(Cell(PushFamilies.Queue) >= 3 * samples);
        Volatile.Write(ref down, false);
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _writer!.DrainAsync(now.Token);
        Assert.Equal(0, Cell(PushFamilies.Queue));
        Assert.Equal(0, Counted(PushOutcome.Sent));
    }

    [Fact]
    public async Task Simulated_times_are_those_of_the_snapshot_and_a_paused_clock_pushes_nothing_twice()
    {
        await StartAsync(null, options => options with { SimulatedTimestamps = true, MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero });
        IReadOnlyList<ReceivedWrite> received = await _receiver!.UntilAsync(all => all.Count == 1);
        Assert.All(received[0].Samples, sample => Assert.Equal(_loop.World.Options.Start.ToUnixTimeMilliseconds(), sample.Time));
        await _loop.Loop.SetClockAsync(null, true);
        await _writer!.DrainAsync(CancellationToken.None);
        Assert.Single(await _receiver.UntilAsync(_ => true));
    }

    [Fact]
    public async Task Series_that_a_reload_takes_away_end_and_the_others_go_on()
    {
        await StartAsync(null, options => options with { MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero });
        IReadOnlyList<ReceivedWrite> received = await _receiver!.UntilAsync(all => all.Count == 1);
        SimulatorConfig config = TestScenarios.Config();
        await _loop.Loop.ReloadAsync(config with { World = config.World with { Telemetry = config.World.Telemetry with { Namespace = "other_" } } });
        _loop.Clock.Advance(TimeSpan.FromSeconds(1));
        await _writer!.DrainAsync(CancellationToken.None);
        received = await _receiver.UntilAsync(all => all.Count == 3);
        Assert.Equal(received[0].Samples.Select(sample => sample.Series), received[1].Samples.Select(sample => sample.Series));
        Assert.All(received[1].Samples, sample => Assert.Equal(0x7FF0000000000002u, sample.Bits));
        long next = received[2].Samples[0].Time;
        Assert.All(received[1].Samples, sample => Assert.Equal(next - 1, sample.Time));
        Assert.Contains(received[2].Samples, sample => sample.Labels[0].Value.StartsWith("other_", StringComparison.Ordinal));
    }

    private async Task StartAsync(Func<HttpContext, int, Task>? answer, Func<RemoteWriteOptions, RemoteWriteOptions> change)
    {
        _receiver = await WriteReceiver.StartAsync(answer);
        await _loop.StartAsync();
        SimulatorConfig config = TestScenarios.Config() with { RemoteWrite = change(new RemoteWriteOptions { Url = _receiver.Url }) };
        _writer = RemoteWriter.For(config, _loop.Loop, _loop.Metrics, _loop.Clock, NullLogger.Instance, () => 1)!;
        _writer.Start();
    }

    private long Counted(PushOutcome outcome) => Cells(PushFamilies.Samples)[(int)outcome];

    private long Cell(Core.Series.MetricFamily family) => Cells(family)[0];

    private long[] Cells(Core.Series.MetricFamily family) => _loop.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(family)];

    private static IEnumerable<WrittenSample> SamplesOf(IEnumerable<ReceivedWrite> received) => received.SelectMany(write => write.Samples);

    private static Func<WrittenSample, bool> Is(string name) => sample => sample.Labels[0].Value == name;
}
