using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>Receivers that are down, slow or wrong.</summary>
public sealed class OtlpTransportTests
{
    private const int Sent = (int)PushOutcome.Sent, Failed = (int)PushOutcome.Failed, Dropped = (int)PushOutcome.Dropped;
    private const int LogsLeaf = 3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receiver_that_is_down_and_comes_back_has_missed_nothing(bool grpc)
    {
        bool up = false;
        var refused = new TaskCompletionSource();
        await using OtlpRun run = await OtlpRun.StartAsync(
            options => options with { Grpc = grpc, Interval = TimeSpan.FromSeconds(10) },
            (context, _) =>
            {
                bool isUp = Volatile.Read(ref up);
                if (!isUp) refused.TrySetResult();
                if (grpc) return OtlpReader.AnswerCallAsync(context, isUp ? "0" : "14", "come%20back");
                context.Response.Headers.RetryAfter = "3";
                return WriteReceiver.StatusAsync(context, isUp ? 200 : 503);
            });
        await run.PassAsync(40);
        await refused.Task.WaitAsync(RunningDaemon.Patience);
        Volatile.Write(ref up, true);
        using var patience = new CancellationTokenSource(RunningDaemon.Patience);
        while (run.Counted(OtlpFamilies.Queue) > 0)
        {
            // The pause before the next attempt is on the clock, too.
            patience.Token.ThrowIfCancellationRequested();
            await run.PassAsync(3);
        }

        Dictionary<string, double> page = await run.PageAsync();
        IReadOnlyList<ReceivedWrite> received = await run.EndAsync();

        // What is tried again is the same request, byte for byte.
        IReadOnlyDictionary<string, double> pushed = new CollectorPage(received.DistinctBy(write => Convert.ToHexString(write.Body)).Metrics()).Samples;
        foreach ((string name, double value) in page.Where(sample => sample.Key.StartsWith("otel_claude_code_tool_usage_total", StringComparison.Ordinal)))
            Assert.Equal(value, pushed.GetValueOrDefault(name));
        Assert.Equal((0, 0), (run.Counted(OtlpFamilies.Requests, Failed), run.Counted(OtlpFamilies.Requests, Dropped)));
        Assert.True(run.Counted(OtlpFamilies.Retries) + run.Counted(OtlpFamilies.Retries, 1) > 0);
        Assert.Equal(0, run.Counted(OtlpFamilies.Queue));
    }

    [Theory]
    [InlineData(false, 400, "")]
    [InlineData(false, 404, "")]
    [InlineData(false, 500, "")]
    [InlineData(false, 302, "")]
    [InlineData(true, 200, "3")]
    [InlineData(true, 200, "12")]
    [InlineData(true, 200, "")]
    [InlineData(true, 200, "garbage")]
    [InlineData(true, 415, "")]
    public async Task What_is_refused_is_dropped_and_told_once(bool grpc, int status, string call)
    {
        var log = new LogLines();
        await using OtlpRun run = await OtlpRun.StartAsync(
            options => options with { Grpc = grpc },
            (context, _) =>
            {
                context.Response.Headers.Location = "/elsewhere";
                context.Response.StatusCode = status;
                return call.Length > 0 ? OtlpReader.AnswerCallAsync(context, call) : Task.CompletedTask;
            },
            log: log);
        await run.PassAsync(8);
        IReadOnlyList<ReceivedWrite> received = await run.EndAsync();
        Assert.Equal(received.Count, run.Counted(OtlpFamilies.Requests, Failed) + run.Counted(OtlpFamilies.Requests, LogsLeaf + Failed));
        Assert.Equal(received.Records().Count, run.Counted(OtlpFamilies.Events, Failed));
        Assert.True(received.Count > 1 && received.All(write => write.Path != "/elsewhere"));
        Assert.Single(log.Taken(), line => line.Contains("refuses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_success_with_garbage_is_a_success(bool grpc)
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Grpc = grpc }, async (context, _) =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[20_000]);
            if (grpc) context.Response.AppendTrailer("grpc-status", "0");
        });
        await run.PassAsync(2);
        await run.EndAsync();
        Assert.Equal((0, 0), (run.Counted(OtlpFamilies.Requests, Failed), run.Counted(OtlpFamilies.Requests, Dropped)));
        Assert.True(run.Counted(OtlpFamilies.Requests, Sent) > 0);
    }

    [Fact]
    public async Task An_answer_to_a_call_that_is_too_long_is_a_refusal()
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Grpc = true }, async (context, _) =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[100_000]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await run.PassAsync(2);
        await run.EndAsync();
        Assert.Equal((0, 0), (run.Counted(OtlpFamilies.Requests, Sent), run.Counted(OtlpFamilies.Retries)));
        Assert.True(run.Counted(OtlpFamilies.Requests, Failed) > 0);
    }

    /// <summary>The receiver takes no more than the first request; the end gives up when it is told to.</summary>
    [Fact]
    public async Task What_does_not_fit_the_queue_is_dropped_and_counted()
    {
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OtlpRun run = await OtlpRun.StartAsync(
            options => options with { Cumulative = true, Interval = TimeSpan.FromSeconds(1), QueueBytes = 1_000_000 }, (_, _) => stuck.Task);
        await Poll.UntilAsync(() =>
        {
            run.Loop.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return run.Counted(OtlpFamilies.Requests, Dropped) > 0;
        });
        Assert.InRange(run.Counted(OtlpFamilies.Queue), 1, 4_000_000);
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await run.EndAsync(now.Token);
        stuck.SetResult();
        Assert.Equal(0, run.Counted(OtlpFamilies.Queue));
    }

    [Fact]
    public async Task Headers_are_the_users_and_the_path_is_added_to()
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with
        {
            Endpoint = new Uri("http://localhost/base/"),
            Headers = [new("authorization", "Bearer abc"), new("X-Scope-OrgID", "blue")],
        });
        await run.PassAsync(2);
        IReadOnlyList<ReceivedWrite> received = await run.EndAsync();
        Assert.Equal(["/base/v1/logs", "/base/v1/metrics"], received.Select(write => write.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(received, write => Assert.Equal(("Bearer abc", "blue"), (write.Headers["Authorization"], write.Headers["X-Scope-OrgID"])));
    }

    [Fact]
    public void A_reader_of_events_that_is_too_slow_loses_the_oldest()
    {
        var world = new World(TestScenarios.Config(200).World);
        (int lost, int told) = (0, 0);
        var feed = new ClientEventFeed(new ManualTimeProvider(), events => lost += events, most: 100);
        world.ClientObserver = (_, events) =>
        {
            told += events.Length;
            feed.Take(world, TimeSpan.Zero, 1, events);
        };
        world.Step(60);
        var left = new List<ToldTick>();
        while (feed.TryRead(long.MaxValue, out ToldTick? tick)) left.Add(tick);
        Assert.Equal(told, lost + left.Sum(tick => tick.Events.Length));
        Assert.InRange(left.Sum(tick => tick.Events.Length), 1, 100);
        Assert.Equal((60, false), (left[^1].Tick, feed.TryRead(60, out _)));
    }

    [Theory]
    [InlineData("integrations: { otel: { enabled: true } }", "http://localhost:4317/", true)]
    [InlineData("integrations: { otel: { enabled: true, endpoint: \"http://host:4318\" } }", "http://host:4318/", false)]
    [InlineData("push: { otlp: { enabled: true } }", "http://localhost:4318/", false)]
    [InlineData("push: { otlp: { enabled: true, protocol: grpc } }", "http://localhost:4317/", true)]
    [InlineData("push: { otlp: { endpoint: \"http://host\" } }", null, false)]
    public void The_configuration_says_where_to_and_how(string text, string? url, bool grpc)
    {
        OtlpOptions? options = Tests.Configuration.ConfigTestData.Good(text).Otlp;
        Assert.Equal((url, grpc), (options?.Endpoint.AbsoluteUri, options?.Grpc ?? false));
    }
}
