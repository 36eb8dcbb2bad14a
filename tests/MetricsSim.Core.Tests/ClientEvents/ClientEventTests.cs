using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.ClientEvents;

/// <summary>What clients tell says what the counters say, whatever the lanes, and listening changes nothing.</summary>
public sealed class ClientEventTests
{
    private const int Ticks = 300;
    private static readonly FaultSpec[] Faults =
    [
        new() { Type = FaultType.RateLimiting, AffectedPercentage = 30 },
        new() { Type = FaultType.AuthenticationFailures, AffectedPercentage = 30, RetryAfter = TimeSpan.FromSeconds(20) },
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Lanes_decide_neither_what_is_told_nor_its_order(ulong seed)
    {
        // 2 100 users are three blocks.
        var (_, serial) = Play(TestWorlds.Flat(2100, seed), null);
        Assert.Equal(serial, Play(TestWorlds.Flat(2100, seed), new ThreadedLanes(4)).Told);
        Assert.Equal(serial, Play(TestWorlds.Flat(2100, seed), new ReversedLanes(3)).Told);
        Assert.Equal(serial.Order(Comparer<ClientEvent>.Create(ClientEvent.InOrder)), serial);
    }

    [Fact]
    public void Listening_changes_nothing()
    {
        var (heard, told) = Play(TestWorlds.Flat(200), null);
        var alone = Start(TestWorlds.Flat(200), null);
        alone.Step(Ticks);
        Assert.Equal(SnapshotView.Of(alone).Hash(), SnapshotView.Of(heard).Hash());
        var count = told.Count;
        heard.ClientObserver = null;
        heard.Step(60);
        Assert.Equal(count, told.Count);
    }

    [Fact]
    public void Events_add_up_to_the_counters()
    {
        var (world, told) = Play(TestWorlds.Flat(200), null);
        var page = SnapshotView.Of(world);
        var answered = Of(told, ClientEventKind.ApiRequest);
        var givenUp = Of(told, ClientEventKind.ApiError);
        var used = Of(told, ClientEventKind.ToolResult);
        Assert.Equal(page.Sum("otel_claude_code_cost_usage_USD"), answered.Sum(one => one.NanoUsd));
        foreach (var (type, tokens) in new (string, Func<TokenCounts, int>)[] { ("input", t => t.Input), ("output", t => t.Output), ("cacheRead", t => t.CacheRead), ("cacheCreation", t => t.CacheCreation) })
            Assert.Equal(page.Sum("otel_claude_code_token_usage_tokens", ("type", type)), answered.Sum(one => (long)tokens(one.Tokens)));
        Assert.Equal(page.Sum("otel_claude_code_session_count"), Of(told, ClientEventKind.SessionStarted).Count);
        Assert.Equal(page.Count("otel_claude_code_session_duration_seconds"), Of(told, ClientEventKind.SessionEnded).Count);
        Assert.Equal(page.Count("otel_claude_code_session_duration_seconds", ("status", "failed")), Of(told, ClientEventKind.SessionEnded).Count(one => one.Failed));
        Assert.Equal(page.SumOfObservations("gen_ai_client_operation_duration_seconds"), answered.Concat(givenUp).Sum(one => one.Micros));
        foreach (var kind in ErrorKinds.OfRequests)
            Assert.Equal(page.Sum("otel_claude_code_error", ("error_type", kind.Label()), ("tool_name", "")), givenUp.Count(one => one.Error == kind));
        for (var tool = 0; tool < Tools.All.Count; tool++)
        {
            var (name, index) = (Tools.All[tool].Name, tool);
            Assert.Equal(page.Sum("otel_claude_code_tool_usage", ("tool_name", name), ("status", "error")), used.Count(one => one.Tool == index && one.Error != ErrorKind.None));
            Assert.Equal(page.Sum("otel_claude_code_error", ("tool_name", name)), used.Count(one => one.Tool == index && one.Error != ErrorKind.None));
            Assert.Equal(page.Sum("otel_claude_code_tool_usage", ("tool_name", name)), used.Count(one => one.Tool == index));
        }

        foreach (var (decision, accepted) in new[] { ("accept", true), ("reject", false) })
            Assert.Equal(page.Sum("otel_claude_code_code_edit_tool_decision", ("decision", decision)), Of(told, ClientEventKind.ToolDecision).Count(one => one.Accepted == accepted));
        Assert.Contains(givenUp, one => one.Request == -1);
    }

    /// <summary>Each prompt is told once, before the requests about it; of those sessions in progress at tick 0 the first may be older.</summary>
    [Fact]
    public void A_request_is_about_the_latest_prompt_of_its_session()
    {
        var (world, told) = Play(TestWorlds.Flat(200), null);
        var random = new KeyedRandom(world.Options.Seed);
        var started = Of(told, ClientEventKind.SessionStarted).Select(one => one.Session).ToHashSet();
        var prompts = Of(told, ClientEventKind.UserPrompt).ToDictionary(one => (one.Session, one.Request));
        var requests = told.Where(one => one.Kind is ClientEventKind.ApiRequest or ClientEventKind.ApiError && one.Request >= 0 && started.Contains(one.Session)).ToList();
        Assert.All(requests, one =>
        {
            var prompt = prompts[(one.Session, Prompts.FirstRequest(random, one.Session, one.Request))];
            Assert.True(prompt.At < one.At && prompt.Request <= one.Request);
        });
        Assert.InRange(prompts.Keys.Count(key => started.Contains(key.Session)) / (double)requests.Count, 0.24, 0.4);
        var lengths = prompts.Values.Select(one => Prompts.Length(random, one.Session, one.Request)).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 110, 135);
        Assert.Equal(prompts.Count, prompts.Keys.Select(key => ClientIds.Prompt(random, key.Session, key.Request)).Distinct().Count());
    }

    [Fact]
    public void Shards_share_out_what_is_told()
    {
        var (_, whole) = Play(TestWorlds.Flat(150), null);
        var shards = Enumerable.Range(1, 3).SelectMany(shard =>
        {
            var options = TestWorlds.Flat(150);
            return Play(options with { Telemetry = options.Telemetry with { Shard = Shard.TryParse($"{shard}/3", out var one) ? one! : Shard.Whole } }, null).Told;
        });
        Assert.Equal(whole, shards.Order(Comparer<ClientEvent>.Create(ClientEvent.InOrder)));
    }

    [Fact]
    public void A_reloaded_world_goes_on_to_tell()
    {
        var (world, told) = Play(TestWorlds.Flat(200), null);
        var count = told.Count;
        var reloaded = world.Reloaded(world.Options);
        reloaded.Step(60);
        Assert.True(told.Count > count);
    }

    private static List<ClientEvent> Of(List<ClientEvent> told, ClientEventKind kind) => told.FindAll(one => one.Kind == kind);

    private static (World World, List<ClientEvent> Told) Play(WorldOptions options, ILanes? lanes)
    {
        var world = Start(options, lanes);
        var told = new List<ClientEvent>();
        var tick = 0L;
        world.ClientObserver = (at, events) =>
        {
            Assert.Equal(++tick, at);
            foreach (var one in events)
            {
                Assert.InRange(one.At, (at - 1) * 1_000_000, (at * 1_000_000) - 1);
                told.Add(one);
            }
        };
        world.Step(Ticks);
        return (world, told);
    }

    private static World Start(WorldOptions options, ILanes? lanes)
    {
        var world = new World(options, lanes);
        foreach (var fault in Faults) Assert.True(world.Apply(new AddFault(fault, TimeSpan.FromSeconds(200))).Applied);
        return world;
    }
}
