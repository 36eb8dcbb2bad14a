using MetricsSim.Configuration;
using MetricsSim.Core.Tests.Wire.RemoteWrite;
using MetricsSim.Exposition;
using MetricsSim.Push;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Push;

/// <summary>Samples that are held back on purpose.</summary>
public sealed class OutOfOrderTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
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
    public async Task What_is_held_back_comes_behind_newer_samples_when_it_is_due_and_nothing_is_lost()
    {
        await StartAsync(null, options => options with { LateDelay = TimeSpan.FromSeconds(20) });
        await PushAsync(3);
        await _writer!.DrainAsync(CancellationToken.None);

        // In time, in time, in time, late from the first; the end: in time, late from the second, third and last.
        List<ReceivedWrite> received = [.. _receiver!.Received];
        long first = received[0].Samples[0].Time;
        Assert.Equal([0, 15_000, 30_000, 0, 31_000, 15_000, 30_000, 31_000], received.Select(write => write.Samples[0].Time - first));
        Assert.Equal(4, received.SelectMany(write => write.Samples).CountBy(sample => sample.Series).Select(series => series.Value).Distinct().Single());
        int all = received[0].Samples.Count + received[3].Samples.Count;
        Assert.InRange(received[3].Samples.Count, 0.4 * all, 0.6 * all);
        Assert.Equal(received.Sum(write => write.Samples.Count), Cells(PushFamilies.Samples)[(int)PushOutcome.Sent]);
        Assert.Equal(0, Cells(PushFamilies.Queue)[0]);
    }

    [Fact]
    public async Task What_is_refused_because_it_comes_late_is_counted_and_nothing_else_is_lost()
    {
        long newest = 0;
        await StartAsync((context, number) =>
        {
            long time = _receiver!.Received[number].Samples[0].Time;
            bool late = time < newest;
            newest = Math.Max(newest, time);
            return late ? WriteReceiver.StatusAsync(context, 400, "out of order sample") : Task.CompletedTask;
        }, options => options with { LateDelay = TimeSpan.Zero });
        await PushAsync(3);
        await _writer!.DrainAsync(CancellationToken.None);
        Assert.Equal(8, _receiver!.Received.Count);
        int[] samples = [.. _receiver.Received.Select(write => write.Samples.Count)];

        // The last late ones come behind samples of the same time, which are not later.
        Assert.Equal(samples[2] + samples[4] + samples[6], Cells(PushFamilies.Samples)[(int)PushOutcome.Failed]);
        Assert.Equal(samples.Sum(), Cells(PushFamilies.Samples).Sum());
    }

    [Fact]
    public async Task No_more_is_held_back_than_the_queues_may_hold()
    {
        await StartAsync(null, options => options with { LateDelay = TimeSpan.FromDays(1), LateFraction = 1, QueueCapacity = 2 });
        await Poll.UntilAsync(() => Cells(PushFamilies.Queue)[0] > 0);
        long samples = Cells(PushFamilies.Queue)[0];
        for (int push = 1; push < 4; push++)
        {
            await _loop.Clock.UntilTimerAsync(Interval * push);
            _loop.Clock.Advance(Interval);
            int pushed = push + 1;
            await Poll.UntilAsync(() => Cells(PushFamilies.Queue)[0] + Cells(PushFamilies.Samples).Sum() == pushed * samples);
        }

        await Poll.UntilAsync(() => Cells(PushFamilies.Samples)[(int)PushOutcome.Dropped] == 2 * samples);
        Assert.Equal(2 * samples, Cells(PushFamilies.Queue)[0]);
        Assert.Empty(_receiver!.Received);
    }

    private async Task StartAsync(Func<HttpContext, int, Task>? answer, Func<RemoteWriteOptions, RemoteWriteOptions> change)
    {
        _receiver = await WriteReceiver.StartAsync(answer);
        await _loop.StartAsync();
        var options = new RemoteWriteOptions { Url = _receiver.Url, Interval = Interval, MaxSamplesPerSend = 100_000, MetadataInterval = TimeSpan.Zero, LateFraction = 0.5 };
        _writer = RemoteWriter.For(TestScenarios.Config() with { RemoteWrite = change(options) }, _loop.Loop, _loop.Metrics, _loop.Clock, NullLogger.Instance, () => 1)!;
        _writer.Start();
    }

    private async Task PushAsync(int pushes)
    {
        for (int push = 1; push < pushes; push++)
        {
            // A push that is under way would swallow the next.
            DateTimeOffset now = _loop.Clock.GetUtcNow();
            await _receiver!.UntilAsync(all => all.Any(write => write.Samples[0].Time == now.ToUnixTimeMilliseconds()));
            await _loop.Clock.UntilTimerAsync(Interval * push);
            _loop.Clock.Advance(Interval);
        }

        await _receiver!.UntilAsync(all => all.Count > pushes);
        _loop.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private long[] Cells(Core.Series.MetricFamily family) => _loop.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(family)];
}
