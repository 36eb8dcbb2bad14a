using System.Text;
using MetricsSim.Prometheus;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Prometheus;

/// <summary>The client against servers that answer well, badly, late or not at all, and against the real one.</summary>
public sealed class PrometheusClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_what_a_real_Prometheus_answers()
    {
        await using var server = await PrometheusServer.StartAsync("global: { scrape_interval: 1s }", Stop);
        using var client = new PrometheusClient(PrometheusAddress.Parse(server.Url.ToString())!);
        await client.ReadyAsync(Stop);
        Assert.Equal(new PrometheusScalar(3), await client.QueryAsync("1 + 2", null, Stop));
        Assert.Equal(new PrometheusScalar(double.NaN), await client.QueryAsync("0 / 0", 1000.5, Stop));
        Assert.Equal(new PrometheusScalar(double.NegativeInfinity), await client.QueryAsync("-Inf", null, Stop));
        Assert.Equal(new PrometheusString("a"), await client.QueryAsync("\"a\"", null, Stop));
        Assert.Empty(Assert.IsType<PrometheusVector>(await client.QueryAsync("no_such_metric", null, Stop)).Elements);

        var element = Assert.Single(Assert.IsType<PrometheusVector>(
            await client.QueryAsync("label_replace(vector(time()), \"a\", \"b\", \"\", \"\")", 1000.5, Stop)).Elements);
        Assert.Equal((1000.5, "b"), (element.Value, element.Labels["a"]));
        var series = Assert.Single(await client.QueryRangeAsync("vector(time())", 100, 130, 15, Stop));
        Assert.Equal([new(100, 100), new(115, 115), new(130, 130)], series.Samples);

        var measured = await client.MeasureRangeAsync("vector(time())", 100, 130, 15, Stop);
        Assert.Equal(series.Samples, Assert.Single(Assert.IsType<PrometheusMatrix>(measured.Result).Series).Samples);
        Assert.InRange(measured.Stats!.EvaluationSeconds, 1e-9, measured.Elapsed.TotalSeconds);
        Assert.InRange(measured.Bytes, 100, 10_000);
        measured = await client.MeasureAsync("scalar(vector(4))", 1000.5, Stop);
        Assert.Equal((new PrometheusScalar(4), true), (measured.Result, measured.Stats!.PeakSamples > 0));
        Assert.Equal(0, await client.CountSeriesAsync(["no_such_metric", "nor_this{a=\"b\"}"], 0, 100, Stop));

        var refused = await Assert.ThrowsAsync<PrometheusException>(() => client.QueryAsync("sum(", null, Stop));
        Assert.Equal((PrometheusFailure.Query, false), (refused.Failure, refused.IsTransient));
        Assert.StartsWith("bad_data: ", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<PrometheusException>(() => client.QueryRangeAsync("vector(1)", 0, 20_000, 1, Stop));
        Assert.Contains("exceeded maximum resolution of 11,000 points", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "hello", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(200, "{}", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(200, "[]", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}}""", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"1","a":"2"},"value":[1,"2"]}]}}""", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"\ud800"},"value":[1,"2"]}]}}""", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(200, """{"status":"success","data":{"resultType":"new","result":[]}}""", PrometheusFailure.Malformed, false, "what answers at URL is not the API of a Prometheus")]
    [InlineData(404, "not here", PrometheusFailure.Status, false, "Prometheus at URL answers 404 NotFound")]
    [InlineData(401, "", PrometheusFailure.Status, false, "Prometheus at URL answers 401 Unauthorized")]
    [InlineData(502, "<html>", PrometheusFailure.Status, true, "Prometheus at URL answers 502 BadGateway")]
    [InlineData(503, """{"status":"error","errorType":"timeout","error":"query timed out\nin eval"}""", PrometheusFailure.Query, true, "timeout: query timed out in eval")]
    [InlineData(422, """{"status":"error","errorType":"execution","error":"many-to-many"}""", PrometheusFailure.Query, false, "execution: many-to-many")]
    internal async Task Bad_answers_are_one_line(int status, string body, PrometheusFailure failure, bool transient, string message)
    {
        await using var server = await StubServer.StartAsync(status, body);
        using var client = new PrometheusClient(PrometheusAddress.Parse(server.Url.ToString())!);
        var thrown = await Assert.ThrowsAsync<PrometheusException>(() => client.QueryAsync("x", null, Stop));
        Assert.Equal((failure, transient), (thrown.Failure, thrown.IsTransient));
        Assert.Equal(message.Replace("URL", client.Address, StringComparison.Ordinal), thrown.Message);
    }

    [Theory]
    [InlineData("""{"status":"success","data":[]}""", 0L)]
    [InlineData("""{"data":[{"a":"{"},{"b":{"c":"d"}}],"warnings":[{"data":[{}]}],"status":"success"}""", 2L)]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"no match[]"}""", null)]
    [InlineData("""{"status":"success","data":{"a":{}}}""", null)]
    [InlineData("""{"status":"success","data":[{}""", null)]
    [InlineData("hello", null)]
    public void Series_are_counted_without_keeping_them(string body, long? count) => Assert.Equal(count, PrometheusJson.Count(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task What_a_query_cost_is_read_where_it_is_said()
    {
        const string Stats = """{"timings":{"evalTotalTime":0.25,"execQueueTime":0.5},"samples":{"totalQueryableSamples":1200,"peakSamples":7}}""";
        await using var server = await StubServer.StartAsync(200, $$"""{"status":"success","warnings":["one\ntwo"],"data":{"resultType":"vector","result":[],"stats":{{Stats}} } }""");
        using var client = new PrometheusClient(PrometheusAddress.Parse(server.Url.ToString())!);
        var answer = await client.MeasureAsync("x", null, Stop);
        Assert.Equal(new PrometheusQueryStats(1200, 7, 0.25, 0.5), answer.Stats);
        Assert.Equal(["one two"], answer.Warnings);
    }

    [Fact]
    public async Task Nothing_there_is_one_line()
    {
        using var client = new PrometheusClient(PrometheusAddress.Parse($"http://127.0.0.1:{Ports.Free()}")!);
        var thrown = await Assert.ThrowsAsync<PrometheusException>(() => client.ReadyAsync(Stop));
        Assert.Equal((PrometheusFailure.Unreachable, true), (thrown.Failure, thrown.IsTransient));
        Assert.Equal($"can't talk to Prometheus at {client.Address}: Connection refused", thrown.Message);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_or_too_late_is_given_up()
    {
        await using var large = await StubServer.StartAsync(200, new string(' ', 3000) + "{}");
        using var small = new PrometheusClient(PrometheusAddress.Parse(large.Url.ToString())!, new() { MostBytes = 2048 });
        var thrown = await Assert.ThrowsAsync<PrometheusException>(() => small.QueryAsync("x", null, Stop));
        Assert.Equal((PrometheusFailure.TooLarge, false), (thrown.Failure, thrown.IsTransient));

        // An endless stream without a length, too.
        await using var endless = await StubServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[1024], context.RequestAborted);
        });
        using var bounded = new PrometheusClient(PrometheusAddress.Parse(endless.Url.ToString())!, new() { MostBytes = 100_000 });
        Assert.Equal(PrometheusFailure.TooLarge, (await Assert.ThrowsAsync<PrometheusException>(() => bounded.QueryAsync("x", null, Stop))).Failure);

        await using var silent = await StubServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var hasty = new PrometheusClient(PrometheusAddress.Parse(silent.Url.ToString())!, new() { Timeout = TimeSpan.FromMilliseconds(50) });
        thrown = await Assert.ThrowsAsync<PrometheusException>(() => hasty.QueryAsync("x", null, Stop));
        Assert.Equal((PrometheusFailure.Timeout, true), (thrown.Failure, thrown.IsTransient));
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hasty.QueryAsync("x", null, interrupted.Token));
    }

    [Fact]
    public async Task Credentials_of_the_address_are_sent_and_not_shown()
    {
        var seen = "";
        await using var server = await StubServer.StartAsync(async context =>
        {
            seen = $"{context.Request.Path} {context.Request.Headers.Authorization} {(await context.Request.ReadFormAsync())["query"]}";
            await context.Response.WriteAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}""");
        });
        var address = PrometheusAddress.Parse($"http://us%40er:s3cret@127.0.0.1:{server.Url.Port}/under/path/")!;
        using var client = new PrometheusClient(address);
        Assert.Equal(new PrometheusScalar(2), await client.QueryAsync("a + b", null, Stop));
        Assert.Equal($"/under/path/api/v1/query Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("us@er:s3cret"))} a + b", seen);
        Assert.Equal($"http://127.0.0.1:{server.Url.Port}/under/path", client.Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:9090")]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    [InlineData("http://host/?a=b")]
    public void Other_addresses_are_none(string text) => Assert.Null(PrometheusAddress.Parse(text));
}
