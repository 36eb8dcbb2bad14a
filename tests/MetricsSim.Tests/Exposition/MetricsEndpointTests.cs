using System.IO.Compression;
using System.Net;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class MetricsEndpointTests : IAsyncLifetime
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string Prometheus242 = "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("application/json", Text)]
    [InlineData(Prometheus242, OpenMetrics)]
    public async Task The_format_is_negotiated(string? accept, string contentType)
    {
        HttpResponseMessage response = await ScrapeAsync(accept: accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.GetValues("Content-Type").Single());
        Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary);
        string page = await response.Content.ReadAsStringAsync();
        Assert.Equal(contentType == OpenMetrics, page.EndsWith("\n# EOF\n", StringComparison.Ordinal));
        Assert.True(PageReader.CheckHistograms(page) > 0);
    }

    [Fact]
    public async Task Protobuf_is_given_when_it_is_asked_for_first()
    {
        const string Protobuf = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
        HttpResponseMessage response = await ScrapeAsync(accept: Protobuf + ";escaping=allow-utf-8," + Prometheus242.Replace("1.0.0,", "1.0.0;q=0.8,", StringComparison.Ordinal));

        Assert.Equal(
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=allow-utf-8",
            response.Content.Headers.GetValues("Content-Type").Single());
        byte[] page = await response.Content.ReadAsByteArrayAsync();
        Assert.True(page.AsSpan().IndexOf("\n$otel_claude_code_session_count_total"u8) is > 0 and < 4, "the first family's length, then its name");
        Assert.True(page.AsSpan().LastIndexOf("metricssim_runtime_build_info"u8) > page.Length - 200, "the process's own families are last");
        Dictionary<string, double> text = PageReader.Read(await (await ScrapeAsync()).Content.ReadAsStringAsync());
        Assert.Equal(1, text["metricssim_runtime_scrapes_total{format=\"protobuf\"}"]);
    }

    [Fact]
    public async Task Gzip_is_given_when_asked_for_and_holds_the_same_page()
    {
        HttpResponseMessage plain = await ScrapeAsync();
        HttpResponseMessage zipped = await ScrapeAsync(encoding: "gzip");

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(["gzip"], zipped.Content.Headers.ContentEncoding);
        await using var unzip = new GZipStream(await zipped.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzip);
        Assert.Equal(PageReader.WithoutRuntime(await plain.Content.ReadAsStringAsync()), PageReader.WithoutRuntime(await reader.ReadToEndAsync()));
    }

    [Fact]
    public async Task Two_scrapes_at_one_tick_differ_in_nothing_but_the_runtime_and_that_comes_last()
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        await _daemon.UntilAsync(status => status.Tick >= 30);

        string first = await _daemon.Metrics.GetStringAsync("/metrics");
        string second = await _daemon.Metrics.GetStringAsync("/metrics");

        Assert.NotEqual(first, second);
        Assert.Equal(PageReader.WithoutRuntime(first), PageReader.WithoutRuntime(second));
        int runtime = first.IndexOf("# HELP metricssim_runtime_", StringComparison.Ordinal);
        Assert.True(runtime > 0);
        Assert.All(
            first[runtime..].Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains("metricssim_runtime_", line));
    }

    [Fact]
    public async Task Scrapes_are_counted_by_format()
    {
        await ScrapeAsync();
        await ScrapeAsync(accept: Prometheus242);
        await ScrapeAsync(accept: Prometheus242);

        Dictionary<string, double> page = PageReader.Read(await (await ScrapeAsync()).Content.ReadAsStringAsync());

        Assert.Equal(1, page["metricssim_runtime_scrapes_total{format=\"text\"}"]);
        Assert.Equal(2, page["metricssim_runtime_scrapes_total{format=\"openmetrics\"}"]);
        Assert.Equal(3, page["metricssim_runtime_scrape_duration_seconds_count"]);
        Assert.Equal(0, page["metricssim_runtime_scrapes_failed_total{reason=\"timeout\"}"]);
        Assert.Equal(1, page["metricssim_runtime_build_info{version=\"0.1.0\"}"]);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), page["metricssim_runtime_start_time_seconds"]);
        Assert.True(page["metricssim_runtime_resident_memory_bytes"] > 1e6);
        Assert.Equal(_clock.GetUtcNow(), _daemon.Handle.LastScrape);
    }

    [Fact]
    public async Task Head_has_the_headers_alone_and_is_no_scrape()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", Prometheus242);
        HttpResponseMessage response = await _daemon.Metrics.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(OpenMetrics, response.Content.Headers.GetValues("Content-Type").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(0, _daemon.Handle.Metrics.ScrapeCount);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_405(string method)
    {
        HttpResponseMessage response = await _daemon.Metrics.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/metrics"));
        await response.ProblemAsync(405);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/ready")]
    [InlineData("/config")]
    [InlineData("/scenario")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/simulator/scenarios")]
    [InlineData("/metrics/")]
    public async Task The_metrics_port_serves_nothing_else(string path) => await (await _daemon.Metrics.GetAsync(path)).ProblemAsync(404);

    [Fact]
    public async Task The_port_decides_and_not_the_host_header()
    {
        using var disguised = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        disguised.Headers.Host = $"localhost:{_daemon.Handle.MetricsPort}";
        await (await _daemon.Control.SendAsync(disguised)).ProblemAsync(404);

        using var other = new HttpRequestMessage(HttpMethod.Get, "/health");
        other.Headers.Host = $"localhost:{_daemon.Handle.Port}";
        await (await _daemon.Metrics.SendAsync(other)).ProblemAsync(404);
    }

    private async Task<HttpResponseMessage> ScrapeAsync(string? accept = null, string? encoding = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await _daemon.Metrics.SendAsync(request);
    }
}
