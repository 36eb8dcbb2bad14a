using System.Net;
using System.Text.Json;
using MetricsSim.Core.Faults;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

/// <summary>Faults of the telemetry as a scraper meets them.</summary>
public sealed class TelemetryFaultTests : IAsyncLifetime
{
    private const string Faults = "/api/v1/faults";
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_daemon_whose_exporter_is_down_answers_503_until_it_is_back(string method)
    {
        string id = await BeginAsync("""{"type":"exporter_down"}""");

        using var request = new HttpRequestMessage(new HttpMethod(method), "/metrics");
        request.Headers.Add("Accept-Encoding", "gzip");
        using HttpResponseMessage down = await _daemon.Metrics.SendAsync(request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Equal("application/problem+json", down.Content.Headers.ContentType!.MediaType);
        Assert.Empty(down.Content.Headers.ContentEncoding);
        Assert.NotNull(down.Headers.RetryAfter);
        if (method == "GET") Assert.Contains("exporter_down", (await down.ProblemAsync(503)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        // The control port knows nothing of it.
        Assert.Equal(HttpStatusCode.OK, (await _daemon.Control.GetAsync("/ready")).StatusCode);

        await _daemon.Control.DeleteAsync($"{Faults}/{id}");
        Dictionary<string, double> page = PageReader.Read(await _daemon.Metrics.GetStringAsync("/metrics"));
        Assert.Equal(1, page["metricssim_runtime_scrapes_failed_total{reason=\"unavailable\"}"]);
    }

    [Fact]
    public async Task A_slow_page_begins_after_its_delay_and_shows_what_is_then()
    {
        await BeginAsync("""{"type":"scrape_delay","min_delay":3000,"max_delay":3000}""");
        await BeginAsync("""{"type":"scrape_delay","min_delay":1500,"max_delay":1500}""");
        Task<string> scrape = _daemon.Metrics.GetStringAsync("/metrics");
        await _clock.UntilTimerAsync(TimeSpan.FromSeconds(4.5));

        _clock.Advance(TimeSpan.FromSeconds(4));
        await _daemon.UntilAsync(status => status.Tick >= 4);
        Assert.False(scrape.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        string page = await scrape.WaitAsync(RunningDaemon.Patience);
        Assert.True(PageReader.Read(page)["metricssim_simulated_time_seconds"] >= new DateTimeOffset(2026, 1, 5, 10, 0, 4, TimeSpan.Zero).ToUnixTimeSeconds());
        Assert.Equal(0, _daemon.Handle.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(RuntimeFamilies.ScrapesFailed)].Sum());
    }

    [Fact]
    public async Task A_page_that_is_slower_than_the_scraper_waits_is_cut()
    {
        await BeginAsync("""{"type":"scrape_delay","max_delay":3600000,"min_delay":3600000}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add(ScrapeDeadline.Header, "2.5");
        Task<HttpResponseMessage> scrape = _daemon.Metrics.SendAsync(request);
        await _clock.UntilTimerAsync(TimeSpan.FromSeconds(2.5));
        _clock.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<HttpRequestException>(() => scrape.WaitAsync(RunningDaemon.Patience));
        Assert.Equal(1, await SlowScrapeTests.UntilFailedAsync(_daemon.Handle, ScrapeFailure.Timeout));
    }

    [Fact]
    public async Task An_exploded_page_is_counted_by_the_cardinality_call()
    {
        await BeginAsync("""{"type":"cardinality_explosion","max_series":12}""");
        _clock.Advance(TimeSpan.FromSeconds(120));
        await _daemon.UntilAsync(status => status.Tick >= 120);

        string page = await _daemon.Metrics.GetStringAsync("/metrics");
        Assert.Equal(12, page.Split('\n').Count(line => line.StartsWith("otel_claude_code_api_request_count_total{", StringComparison.Ordinal)));
        JsonElement exploded = (await _daemon.Control.GetJsonAsync("/api/v1/cardinality")).GetProperty("families").EnumerateArray()
            .Single(family => family.GetProperty("metric").GetString() == "otel_claude_code_api_request_count");
        Assert.Equal(12, exploded.GetProperty("series").GetInt64());
    }

    private async Task<string> BeginAsync(string body)
    {
        JsonElement fault = await (await _daemon.Control.CurlAsync(Faults, body)).JsonAsync();
        Assert.True(FaultTypes.TryParse(fault.GetProperty("type").GetString()!, out _));
        return fault.GetProperty("fault_id").GetString()!;
    }
}
