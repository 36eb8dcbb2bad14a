using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Push;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Push;

public sealed class GatewayPusherTests
{
    [Fact]
    public async Task The_page_is_put_into_its_group_each_interval_and_at_the_end()
    {
        await using WriteReceiver gateway = await WriteReceiver.StartAsync((context, number) => WriteReceiver.StatusAsync(context, number == 0 ? 503 : 200));
        await using TestLoop loop = await new TestLoop().StartAsync();
        var options = new PushGatewayOptions(new Uri(gateway.Url, "/metrics/job/sim/instance/a"), TimeSpan.FromSeconds(15));
        using GatewayPusher pusher = GatewayPusher.For(TestScenarios.Config() with { PushGateway = options }, loop.Loop, loop.Metrics, loop.Clock, NullLogger.Instance)!;
        pusher.Start();
        await gateway.UntilAsync(all => all.Count == 1);
        await loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(15));
        loop.Clock.Advance(TimeSpan.FromSeconds(15));
        await gateway.UntilAsync(all => all.Count == 2);

        // The gateway has the page a moment before the pusher has the answer.
        await Poll.UntilAsync(() => Puts(loop).Sum() == 2);
        loop.Clock.Advance(TimeSpan.FromSeconds(1));
        long tick = await loop.SettledTickAsync();
        await pusher.DrainAsync(CancellationToken.None);

        ReceivedWrite last = (await gateway.UntilAsync(all => all.Count == 3))[2];
        Assert.Equal(("PUT", "/metrics/job/sim/instance/a"), (last.Method, last.Path));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", last.Headers["Content-Type"]);
        string page = Encoding.UTF8.GetString(last.Body);
        long time = loop.World.Options.Start.ToUnixTimeSeconds() + tick;
        Assert.Contains($"metricssim_simulated_time_seconds {time}\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("metricssim_runtime_", page, StringComparison.Ordinal);
        Assert.Equal([2, 1], Puts(loop));
    }

    [Theory]
    [InlineData(200, "<html>\0 no gateway at all", 1)]
    [InlineData(302, "", 0)]
    [InlineData(307, "", 0)]
    [InlineData(400, "\0\r\n", 0)]
    [InlineData(null, "", 0)]
    public async Task A_gateway_that_answers_wrongly_points_elsewhere_or_never_answers_holds_up_nothing(int? status, string body, int sent)
    {
        await using WriteReceiver elsewhere = await WriteReceiver.StartAsync();
        await using WriteReceiver gateway = await WriteReceiver.StartAsync((context, number) =>
        {
            context.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return number > 0 ? Task.CompletedTask
                : status is { } code ? WriteReceiver.StatusAsync(context, code, body)
                : Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using TestLoop loop = await new TestLoop().StartAsync();
        var options = new PushGatewayOptions(new Uri(gateway.Url, "/metrics/job/sim"), TimeSpan.FromSeconds(45));
        using GatewayPusher pusher = GatewayPusher.For(TestScenarios.Config() with { PushGateway = options }, loop.Loop, loop.Metrics, loop.Clock, NullLogger.Instance)!;
        pusher.Start();
        await gateway.UntilAsync(all => all.Count == 1);
        if (status is null)
        {
            await loop.Clock.UntilTimerAsync(TimeSpan.FromSeconds(30));
            loop.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        await Poll.UntilAsync(() => Puts(loop).Sum() == 1);
        Assert.Equal([sent, 1 - sent], Puts(loop));
        await pusher.DrainAsync(CancellationToken.None);
        Assert.Equal([sent + 1, 1 - sent], Puts(loop));
        Assert.Equal(2, gateway.Received.Count);
        Assert.Empty(elsewhere.Received);
    }

    private static long[] Puts(TestLoop loop) => loop.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(PushFamilies.Puts)];

    [Theory]
    [InlineData("push_gateway: localhost:9091", "http://localhost:9091/metrics/job/claude-code-simulator/instance/simulator-1")]
    [InlineData("push_gateway: \"https://host/base/\", job_name: a/b, instance: \"\"", "https://host/base/metrics/job@base64/YS9i")]
    [InlineData("push_gateway: \"host:1\", job_name: \"a b\", instance: ü", "http://host:1/metrics/job/a%20b/instance/%C3%BC")]
    [InlineData("enabled: false, push_gateway: \"host:1\"", null)]
    [InlineData("push_gateway: null", null)]
    public void The_group_is_job_and_instance(string keys, string? expected) =>
        Assert.Equal(expected, ConfigTestData.Good($"integrations: {{ prometheus: {{ {keys} }} }}").PushGateway?.Url.AbsoluteUri);
}
