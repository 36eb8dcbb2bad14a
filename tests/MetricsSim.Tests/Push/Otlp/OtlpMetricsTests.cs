using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Tests.Push.Otlp.Schema;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>What an independent receiver of OTLP decodes is what a scrape shows, name for name, series for series, value for value.</summary>
public sealed class OtlpMetricsTests
{
    private static readonly string[] AddedAttributes = ["gen_ai_operation_name=\"chat\",", "gen_ai_provider_name=\"anthropic\","];

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, true, false)]
    [InlineData(true, true, false, true)]
    public async Task Pushes_show_what_a_scrape_shows(bool grpc, bool cumulative, bool exponential, bool gzip)
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Grpc = grpc, Cumulative = cumulative, Exponential = exponential, Gzip = gzip });
        await run.PassAsync(130);
        Dictionary<string, double> page = await run.PageAsync();
        IReadOnlyList<ReceivedWrite> received = await run.EndAsync();
        List<ExportMetricsServiceRequest> requests = received.Metrics();
        AssertSame(page, requests, cumulative, exponential);
        Assert.True(requests.Count >= 3);
        AggregationTemporality wanted = cumulative ? AggregationTemporality.Cumulative : AggregationTemporality.Delta;
        Assert.All(requests.All().Where(metric => metric.DataCase == Metric.DataOneofCase.Sum), metric => Assert.True(metric.Sum.IsMonotonic && metric.Sum.AggregationTemporality == wanted));
        Assert.Contains(requests.All(), metric => (metric.ExponentialHistogram is not null) == exponential && metric.Name == "gen_ai.client.operation.duration");
    }

    [Fact]
    public async Task Names_units_and_attributes_are_the_real_clients()
    {
        await using OtlpRun run = await OtlpRun.StartAsync();
        await run.PassAsync(120);
        List<ExportMetricsServiceRequest> requests = (await run.EndAsync()).Metrics();
        ResourceMetrics any = requests[0].ResourceMetrics[0];
        Assert.Equal("host.arch=amd64,os.type=linux,os.version=6.8.0,service.name=claude-code,service.version=2.0.50", any.Resource.Attributes.Text());
        Assert.All(requests.SelectMany(request => request.ResourceMetrics).SelectMany(resource => resource.ScopeMetrics), scope =>
            Assert.Equal(("com.anthropic.claude_code", "2.0.50"), (scope.Scope.Name, scope.Scope.Version)));
        (string, string, string)[] expected =
        [
            ("claude_code.active_sessions", "", "user.type"),
            ("claude_code.active_time.total", "s", "organization.id,terminal.type,type,user.id,user.type"),
            ("claude_code.code_edit_tool.decision", "", "decision,language,organization.id,terminal.type,tool_name,user.id,user.type"),
            ("claude_code.commit.count", "", "organization.id,terminal.type,user.id,user.type"),
            ("claude_code.cost.usage", "USD", "model,organization.id,terminal.type,user.id,user.type"),
            ("claude_code.error", "", "error_type,organization.id,terminal.type,tool_name,user.id,user.type"),
            ("claude_code.lines_of_code.count", "", "organization.id,terminal.type,type,user.id,user.type"),
            ("claude_code.session.count", "", "organization.id,terminal.type,user.id,user.type"),
            ("claude_code.session.duration", "s", "organization.id,status,terminal.type,user.id,user.type"),
            ("claude_code.token.usage", "tokens", "model,organization.id,terminal.type,type,user.id,user.type"),
            ("claude_code.tool.usage", "", "organization.id,status,terminal.type,tool_name,user.id,user.type"),
            ("gen_ai.client.operation.duration", "s", "error.type,gen_ai.operation.name,gen_ai.provider.name,gen_ai.request.model"),
            ("gen_ai.client.token.usage", "{token}", "gen_ai.operation.name,gen_ai.provider.name,gen_ai.request.model,gen_ai.token.type"),
        ];
        var seen = requests.All().GroupBy(metric => (metric.Name, metric.Unit))
            .Select(group => (group.Key.Name, group.Key.Unit, string.Join(',', group.SelectMany(Keys).Distinct().Order(StringComparer.Ordinal))))
            .Where(metric => metric.Name is not ("claude_code.pull_request.count" or "gen_ai.client.operation.duration"))
            .OrderBy(metric => metric.Name, StringComparer.Ordinal);
        Assert.Equal(expected.Where(metric => metric.Item1 != "gen_ai.client.operation.duration"), seen);
        Metric duration = requests.All().First(metric => metric.Name == "gen_ai.client.operation.duration");
        Assert.Equal(("s", [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]), (duration.Unit, duration.Histogram.DataPoints[0].ExplicitBounds));
        Assert.Contains(duration.Histogram.DataPoints, point => point.Attributes.Text() == "gen_ai.operation.name=chat,gen_ai.provider.name=anthropic,gen_ai.request.model=claude-opus-4-5-20251101");
        Assert.DoesNotContain(requests.All().SelectMany(Keys), key => key == "otel.metric.overflow");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Series_by_session_come_and_go(bool cumulative)
    {
        SimulatorConfig config = TestScenarios.Config(60);
        config = config with
        {
            World = config.World with
            {
                Workload = config.World.Workload with { SessionsPerHour = 60 },
                Population = config.World.Population with { Segments = [.. config.World.Population.Segments.Select(segment => segment with { MedianSessionSeconds = 30 })] },
                Telemetry = config.World.Telemetry with { SessionRetention = TimeSpan.FromSeconds(30), Labels = new LabelOptions { SessionId = true } },
            },
        };
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Cumulative = cumulative, Interval = TimeSpan.FromSeconds(10) }, config: config);
        await run.PassAsync(130);
        Dictionary<string, double> page = await run.PageAsync();
        List<ExportMetricsServiceRequest> requests = (await run.EndAsync()).Metrics();
        AssertSame(page, requests, cumulative, exponential: false, gone: true);
        int sessions = requests.All().SelectMany(Attributes).Select(one => one.Get("session.id")?.StringValue).Distinct().Count();
        int present = page.Keys.Count(name => name.StartsWith("otel_claude_code_session_count_total", StringComparison.Ordinal));
        Assert.True(sessions > 1.5 * present, $"{sessions} sessions ever, {present} present");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_counter_reset_is_another_process(bool cumulative)
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Cumulative = cumulative });
        await run.Receiver.UntilAsync(all => all.Metrics().Count > 0);
        for (int second = 0; second < 70; second++) await run.PassAsync(1);

        // The last of the second push: all that was counted before the reset has come.
        await run.Receiver.UntilAsync(all => all.Metrics().All().Any(metric => metric.Name == "gen_ai.client.token.usage"));
        Assert.True((await run.Loop.Loop.SendAsync(new AddFault(new FaultSpec { Type = FaultType.CounterReset }, null))).Applied);
        int before = run.Receiver.Received.Count;
        await run.PassAsync(60);
        Dictionary<string, double> page = await run.PageAsync();
        List<ExportMetricsServiceRequest> requests = (await run.EndAsync()).Skip(before).Metrics();
        AssertSame(page, requests, cumulative, exponential: false);
        if (!cumulative) return;
        ulong first = run.Receiver.Received.Take(before).Metrics().All().First(metric => metric.Sum is not null).Sum.DataPoints[0].StartTimeUnixNano;
        Assert.All(requests.All().Where(metric => metric.Sum is not null).SelectMany(metric => metric.Sum.DataPoints), point => Assert.True(point.StartTimeUnixNano > first));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_reload_goes_on_with_what_was_counted(bool cumulative, bool oldNames)
    {
        SimulatorConfig config = TestScenarios.Config(60);
        config = config with { World = config.World with { Telemetry = config.World.Telemetry with { Style = oldNames ? NameStyle.Otel : NameStyle.Collector } } };
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Cumulative = cumulative }, config: config);
        await run.PassAsync(70);
        ModelOptions[] models = [new("new-model", 0.2, 0.001, 0.002, 0.0001, 0.001), .. config.World.Models.Select(model => model with { Fraction = model.Fraction * 0.8 })];
        TelemetryOptions telemetry = config.World.Telemetry with { Quirks = new QuirkOptions { OldNames = oldNames } };
        await run.Loop.Loop.ReloadAsync(config with { World = config.World with { Models = models, Telemetry = telemetry } });
        await run.PassAsync(60);
        Dictionary<string, double> page = await run.PageAsync();
        List<ExportMetricsServiceRequest> requests = (await run.EndAsync()).Metrics();
        AssertSame(page, requests, cumulative, exponential: false, gone: oldNames);
        Assert.Contains(requests.All().SelectMany(Attributes), one => one.Get("model")?.StringValue == "new-model");
    }

    [Fact]
    public async Task A_thousand_users_fit()
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Cumulative = true, Events = false }, config: TestScenarios.Config(1000));
        await run.Receiver.UntilAsync(all => all.Count > 0);
        IReadOnlyList<ReceivedWrite> received = await run.EndAsync();
        int series = run.Loop.World.Layout.Families.Where(family => family.Type == Core.Series.MetricType.Counter).Sum(family => family.SeriesCount);
        Assert.Equal(2 * series, received.Metrics().All().Where(metric => metric.Sum is not null).Sum(metric => metric.Sum.DataPoints.Count));
        Assert.InRange(received.Max(write => write.Body.Length), 500_000, 4 * 1024 * 1024);
        Assert.Empty(received.Logs());
    }

    /// <summary>Of histograms of whose series nothing was observed a page shows zeros; OTLP shows nothing, and nor do deltas of counters at 0.</summary>
    private static void AssertSame(
        Dictionary<string, double> page, List<ExportMetricsServiceRequest> requests, bool cumulative, bool exponential, bool gone = false)
    {
        IReadOnlyDictionary<string, double> pushed = new CollectorPage(requests).Samples;
        var samples = pushed.ToDictionary(
            sample => sample.Key.StartsWith("gen_ai_client_token_usage", StringComparison.Ordinal) ? AddedAttributes.Aggregate(sample.Key, (key, added) => key.Replace(added, "", StringComparison.Ordinal)) : sample.Key,
            sample => sample.Value,
            StringComparer.Ordinal);
        foreach ((string name, double value) in page)
        {
            bool isBucket = name.Contains("_bucket{", StringComparison.Ordinal);
            if (isBucket && exponential) continue;
            bool mayMiss = value == 0 && (!cumulative || isBucket || name.Contains("_sum{", StringComparison.Ordinal) || name.Contains("_count{", StringComparison.Ordinal));
            if (!samples.Remove(name, out double sent) && !mayMiss) Assert.Fail($"{name} = {value} was not pushed");

            // The page divides a sum of integers once, deltas and histograms add up quotients.
            Assert.True(Math.Abs(sent - value) <= 1e-9 * Math.Max(1, value), $"{name} is {value}, pushed was {sent}");
            if (cumulative && !name.Contains("_sum{", StringComparison.Ordinal)) Assert.Equal(value, sent);
        }

        if (!gone) Assert.Empty(samples.Keys);
    }

    private static IEnumerable<string> Keys(Metric metric) => Attributes(metric).SelectMany(attributes => attributes).Select(attribute => attribute.Key);

    private static IEnumerable<IEnumerable<KeyValue>> Attributes(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(point => point.Attributes),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(point => point.Attributes),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => point.Attributes),
        _ => metric.ExponentialHistogram.DataPoints.Select(point => point.Attributes),
    };
}
