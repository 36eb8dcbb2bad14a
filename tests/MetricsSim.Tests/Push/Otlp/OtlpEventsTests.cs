using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Exposition;
using MetricsSim.Tests.Push.Otlp.Schema;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>Events as an independent receiver of OTLP decodes them: what each says, and that together they say what the counters say.</summary>
public sealed class OtlpEventsTests
{
    private const string Session = "session.id", Standard = "event.name,event.sequence,event.timestamp,prompt.id,session.id,terminal.type,user.id,user.type";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_say_what_the_counters_say(bool grpc)
    {
        await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Grpc = grpc, Gzip = grpc }, config: TestScenarios.Config(60, speed: 2));
        Assert.True((await run.Loop.Loop.SendAsync(new AddFault(new FaultSpec { Type = FaultType.RateLimiting, AffectedPercentage = 30 }, null))).Applied);
        DateTimeOffset began = run.Loop.Clock.GetUtcNow();
        await run.PassAsync(100);
        Dictionary<string, double> page = await run.PageAsync();
        IReadOnlyList<ReceivedWrite> received = await run.EndAsync();
        List<LogRecord> all = received.Records();
        Assert.Equal(all.Count, run.Counted(OtlpFamilies.Events));
        ScopeLogs scope = received.Logs()[0].ResourceLogs[0].ScopeLogs[0];
        Assert.Equal("com.anthropic.claude_code.events", scope.Scope.Name);
        Assert.Contains("service.name=claude-code", received.Logs()[0].ResourceLogs[0].Resource.Attributes.Text(), StringComparison.Ordinal);
        AssertCounters(page, all);
        AssertAttributes(all);
        Assert.All(all, record =>
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds((long)(record.TimeUnixNano / 1_000_000));
            Assert.InRange(at, began.AddSeconds(-1), run.Loop.Clock.GetUtcNow());
            Assert.Equal(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), record.Attributes.Get("event.timestamp")!.StringValue);
        });
        Assert.All(all.GroupBy(record => record.Attributes.Get(Session)!.StringValue), session =>
        {
            Assert.Equal(Enumerable.Range(0, session.Count()).Select(i => (long)i), session.Select(record => record.Attributes.Get("event.sequence")!.IntValue));
            Assert.Equal(session.Select(record => record.TimeUnixNano).Order(), session.Select(record => record.TimeUnixNano));
        });
    }

    [Fact]
    public async Task Metrics_alone_and_events_alone_can_be_had()
    {
        await using OtlpRun metrics = await OtlpRun.StartAsync(options => options with { Events = false });
        await using OtlpRun events = await OtlpRun.StartAsync(options => options with { Metrics = false });
        await metrics.PassAsync(20);
        await events.PassAsync(20);
        IReadOnlyList<ReceivedWrite> one = await metrics.EndAsync(), other = await events.EndAsync();
        Assert.Empty(one.Logs());
        Assert.NotEmpty(one.Metrics());
        Assert.Empty(other.Metrics());
        Assert.NotEmpty(other.Records());
    }

    [Fact]
    public async Task The_same_seed_tells_the_same()
    {
        async Task<List<string>> ToldAsync()
        {
            await using OtlpRun run = await OtlpRun.StartAsync(options => options with { Metrics = false });
            await run.PassAsync(30);
            return [.. (await run.EndAsync()).Records().Select(record => record.Attributes.Text())];
        }

        Assert.Equal(await ToldAsync(), await ToldAsync());
    }

    private static void AssertCounters(Dictionary<string, double> page, List<LogRecord> all)
    {
        List<LogRecord> requests = Named(all, "api_request"), errors = Named(all, "api_error"), used = Named(all, "tool_result"), decided = Named(all, "tool_decision");
        Assert.True(requests.Count > 100 && errors.Count > 10 && used.Count > 50 && decided.Count > 5 && Named(all, "user_prompt").Count > 20);
        Assert.Equal(Sum("cost_usage_USD_total", ""), requests.Sum(record => record.Attributes.Get("cost_usd")!.DoubleValue), 9);
        foreach ((string type, string attribute) in new[] { ("input", "input_tokens"), ("output", "output_tokens"), ("cacheRead", "cache_read_tokens"), ("cacheCreation", "cache_creation_tokens") })
            Assert.Equal(Sum("token_usage_tokens_total", $"type=\"{type}\""), requests.Sum(record => record.Attributes.Get(attribute)!.IntValue));
        string user = requests[0].Attributes.Get("user.id")!.StringValue;
        Assert.Equal(Sum("cost_usage_USD_total", $"user_id=\"{user}\""), requests.Where(record => record.Attributes.Get("user.id")!.StringValue == user).Sum(record => record.Attributes.Get("cost_usd")!.DoubleValue), 9);
        foreach ((string type, long status) in new[] { ("rate_limit", 429L), ("service_unavailable", 503L), ("auth", 401L) })
            Assert.Equal(page.Where(sample => sample.Key.StartsWith("otel_claude_code_error_total{", StringComparison.Ordinal) && sample.Key.Contains($"error_type=\"{type}\"", StringComparison.Ordinal) && !sample.Key.Contains("tool_name", StringComparison.Ordinal)).Sum(sample => sample.Value), errors.Count(record => record.Attributes.Get("status_code")?.IntValue == status));
        foreach (string tool in new[] { "Bash", "Edit", "WebFetch" })
        {
            Assert.Equal(Sum("tool_usage_total", $"tool_name=\"{tool}\""), used.Count(record => record.Attributes.Get("tool_name")!.StringValue == tool));
            Assert.Equal(Sum("error_total", $"tool_name=\"{tool}\""), used.Count(record => record.Attributes.Get("tool_name")!.StringValue == tool && record.Attributes.Get("success")!.StringValue == "false"));
        }

        foreach (string decision in new[] { "accept", "reject" })
            Assert.Equal(Sum("code_edit_tool_decision_total", $"decision=\"{decision}\""), decided.Count(record => record.Attributes.Get("decision")!.StringValue == decision));

        double Sum(string name, string label) => page
            .Where(sample => sample.Key.StartsWith($"otel_claude_code_{name}{{", StringComparison.Ordinal) && sample.Key.Contains(label, StringComparison.Ordinal)).Sum(sample => sample.Value);
    }

    private static void AssertAttributes(List<LogRecord> all)
    {
        (string, string, string)[] expected =
        [
            ("api_error", "attempt,duration_ms,error,model,status_code", "organization.id,user.account_uuid,user.email"),
            ("api_request", "cache_creation_tokens,cache_read_tokens,cost_usd,duration_ms,effort,input_tokens,model,output_tokens,query_source,request_id,speed", "organization.id,user.account_uuid,user.email"),
            ("tool_decision", "decision,source,tool_name", "organization.id,user.account_uuid,user.email"),
            ("tool_result", "decision_source,decision_type,duration_ms,success,tool_name", "error_type,organization.id,user.account_uuid,user.email"),
            ("user_prompt", "prompt_length", "organization.id,user.account_uuid,user.email"),
        ];
        var seen = all.GroupBy(record => record.Attributes.Get("event.name")!.StringValue).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            List<HashSet<string>> keys = [.. group.Select(record => record.Attributes.Select(attribute => attribute.Key).ToHashSet(StringComparer.Ordinal))];
            Assert.All(group, record => Assert.Equal($"claude_code.{group.Key}", record.Body.StringValue));
            List<string> always = [.. keys[0].Where(key => keys.TrueForAll(one => one.Contains(key))).Order(StringComparer.Ordinal)];
            return (group.Key, string.Join(',', always.Except(Standard.Split(','))), string.Join(',', keys.SelectMany(one => one).Except(always).Distinct().Order(StringComparer.Ordinal)));
        });
        Assert.Equal(expected, seen);
        Assert.All(all, record => Assert.True(Standard.Split(',').All(key => record.Attributes.Get(key) is not null)));
        Assert.All(all.Select(record => record.Attributes.Get("prompt.id")!.StringValue), id => Assert.True(Guid.TryParse(id, out _)));
    }

    private static List<LogRecord> Named(List<LogRecord> all, string name) => all.FindAll(record => record.Attributes.Get("event.name")!.StringValue == name);
}
