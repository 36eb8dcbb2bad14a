using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>What one family says must agree with what the others say, exactly, through faults and all.</summary>
public sealed class AccountingTests
{
    private static readonly Lazy<(World World, SnapshotView View, long ActiveAtStart)> Played = new(Play);

    private static SnapshotView View => Played.Value.View;

    [Fact]
    public void Cost_is_the_sum_of_tokens_times_price()
    {
        foreach (var model in Played.Value.World.Options.Models)
        {
            var requests = View.Count("gen_ai_client_token_usage", ("gen_ai_request_model", model.Id), ("gen_ai_token_type", "output"));
            // Each request's cost is rounded to a nano-USD.
            var bound = 0.5e-9 * requests;
            var prices = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["input"] = model.InputPer1k,
                ["output"] = model.OutputPer1k,
                ["cacheRead"] = model.CacheReadPer1k,
                ["cacheCreation"] = model.CacheCreationPer1k,
            };
            var expected = View.Series("otel_claude_code_token_usage_tokens").Where(series => series.Labels["model"] == model.Id)
                .GroupBy(series => series.Labels["user_id"], StringComparer.Ordinal)
                .ToDictionary(user => user.Key, user => user.Sum(series => series.Cells[0] * prices[series.Labels["type"]] / 1000), StringComparer.Ordinal);
            foreach (var (labels, cells) in View.Series("otel_claude_code_cost_usage_USD")
                .Where(series => series.Labels["model"] == model.Id))
                Assert.Equal(expected[labels["user_id"]], cells[0] / 1e9, bound + 1e-12);
            Assert.Equal(expected.Values.Sum(), View.Sum("otel_claude_code_cost_usage_USD", ("model", model.Id)) / 1e9, bound + 1e-9);
            Assert.True(expected.Values.Sum() > 0.1);
        }
    }

    [Fact]
    public void No_cell_is_negative() =>
        Assert.All(View.Snapshot.Columns.SelectMany(column => column), cell => Assert.True(cell >= 0));

    [Fact]
    public void Sessions_add_up()
    {
        var (world, view, activeAtStart) = Played.Value;
        var status = world.Status();
        Assert.Equal(status.TotalSessions, view.Sum("otel_claude_code_session_count"));
        Assert.Equal(status.ActiveSessions, view.Sum("otel_claude_code_active_sessions"));
        Assert.Equal(status.ActiveSessions, world.Sessions().Count());
        Assert.Equal(activeAtStart + status.TotalSessions - status.ActiveSessions, view.Count("otel_claude_code_session_duration_seconds"));
        Assert.True(view.Count("otel_claude_code_session_duration_seconds", ("status", "failed")) > 100);
    }

    [Fact]
    public void Session_durations_sum_to_what_their_buckets_allow()
    {
        var bounds = Buckets.SessionDuration.Bounds;
        foreach (var (_, cells) in View.Series("otel_claude_code_session_duration_seconds"))
        {
            var low = Enumerable.Range(0, bounds.Count).Sum(i => cells[i] * (i == 0 ? 0 : bounds[i - 1]));
            var high = Enumerable.Range(0, bounds.Count).Sum(i => cells[i] * bounds[i]);
            Assert.Equal(0, cells[bounds.Count]);
            Assert.InRange(cells[^1] / 1e6, low, high);
        }
    }

    [Fact]
    public void Tool_calls_that_failed_are_the_errors_that_name_the_tool()
    {
        foreach (var tool in Tools.All)
        {
            var failed = View.Sum("otel_claude_code_tool_usage", ("tool_name", tool.Name), ("status", "error"));
            Assert.Equal(failed, View.Sum("otel_claude_code_error", ("tool_name", tool.Name)));
            foreach (var kind in Enum.GetValues<ErrorKind>().Except(tool.Errors))
                Assert.DoesNotContain(
                    View.Series("otel_claude_code_error"),
                    series => series.Labels["tool_name"] == tool.Name && series.Labels["error_type"] == kind.Label());
            var calls = failed + View.Sum("otel_claude_code_tool_usage", ("tool_name", tool.Name), ("status", "success"));
            var first = View.Sum("otel_claude_code_error", ("tool_name", tool.Name), ("error_type", tool.Errors[0].Label()));
            if (tool.Errors.Count == 1) Assert.Equal(failed, first);
            else Statistics.AssertShare(1.0 / tool.Errors.Count, first, failed, $"first kind of failure of {tool.Name}");
            Statistics.AssertShare(tool.ErrorShare, failed, calls, $"failed calls of {tool.Name}");
        }
    }

    [Fact]
    public void Accepted_edits_are_the_calls_of_the_editor()
    {
        long accepted = 0, rejected = 0;
        foreach (var tool in Tools.All.Where(tool => tool.Edits))
        {
            var accepts = View.Sum("otel_claude_code_code_edit_tool_decision", ("tool_name", tool.Name), ("decision", "accept"));
            Assert.Equal(View.Sum("otel_claude_code_tool_usage", ("tool_name", tool.Name)), accepts);
            accepted += accepts;
            rejected += View.Sum("otel_claude_code_code_edit_tool_decision", ("tool_name", tool.Name), ("decision", "reject"));
        }

        Statistics.AssertShare(0.92, accepted, accepted + rejected, "accepted edits");
        Assert.Equal(
            Tools.All.Where(tool => tool.Edits).Select(tool => tool.Name),
            View.Series("otel_claude_code_code_edit_tool_decision").Select(series => series.Labels["tool_name"]).Distinct());
    }

    [Fact]
    public void Tools_are_called_by_their_shares()
    {
        // A rejected edit is proposed, but no call.
        var proposed = Tools.All.Select(tool => View.Sum("otel_claude_code_tool_usage", ("tool_name", tool.Name))
            + (tool.Edits ? View.Sum("otel_claude_code_code_edit_tool_decision", ("tool_name", tool.Name), ("decision", "reject")) : 0)).ToArray();
        Statistics.AssertChiSquare([.. Tools.All.Select(tool => tool.Share * proposed.Sum())], proposed);
    }

    [Fact]
    public void Requests_agree_over_all_families()
    {
        var status = Played.Value.World.Status();
        var answered = View.Count("gen_ai_client_operation_duration_seconds", ("error_type", ""));
        Assert.Equal(status.TotalRequests, View.Count("gen_ai_client_operation_duration_seconds"));
        Assert.Equal(status.TotalRequests, View.Count("metricssim_request_duration_seconds"));
        Assert.Equal(status.TotalErrors, status.TotalRequests - answered);
        Assert.Equal(answered, View.Count("gen_ai_client_token_usage", ("gen_ai_token_type", "input")));
        Assert.Equal(answered, View.Count("gen_ai_client_token_usage", ("gen_ai_token_type", "output")));
        foreach (var kind in ErrorKinds.OfRequests.Select(kind => kind.Label()))
        {
            var given = View.Sum("otel_claude_code_error", ("error_type", kind), ("tool_name", ""));
            Assert.Equal(given, View.Count("gen_ai_client_operation_duration_seconds", ("error_type", kind)));
            Assert.Equal(given, View.Count("metricssim_request_duration_seconds", ("error_type", kind)));
        }

        Assert.Equal(View.SumOfObservations("gen_ai_client_operation_duration_seconds"), View.SumOfObservations("metricssim_request_duration_seconds"));
        Assert.True(status.TotalErrors > 100);
    }

    [Fact]
    public void Tokens_agree_over_all_families()
    {
        Assert.Equal(Played.Value.World.Status().TotalTokens, View.Sum("otel_claude_code_token_usage_tokens"));
        foreach (var type in new[] { "input", "output" })
            Assert.Equal(
                View.Sum("otel_claude_code_token_usage_tokens", ("type", type)),
                View.SumOfObservations("gen_ai_client_token_usage", ("gen_ai_token_type", type)));
        Assert.Equal(View.Sum("otel_claude_code_cost_usage_USD") / 1e9, Played.Value.World.Status().TotalCost, 1e-6);
    }

    [Fact]
    public void Commits_and_pull_requests_come_from_the_shell()
    {
        var answered = View.Sum("otel_claude_code_tool_usage", ("tool_name", "Bash"), ("status", "success"));
        var commits = View.Sum("otel_claude_code_commit_count");
        Statistics.AssertShare(0.05, commits, answered, "commits");
        Statistics.AssertShare(0.15, View.Sum("otel_claude_code_pull_request_count"), commits, "pull requests");
    }

    private static (World World, SnapshotView View, long ActiveAtStart) Play()
    {
        var fault = new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 };
        var outage = TestWorlds.Scenario("outage", 900, (300, new InjectFailureEvent(fault, TimeSpan.FromSeconds(300))));
        var world = new World(TestWorlds.Flat(400).With(outage));
        var active = world.Status().ActiveSessions;
        Assert.True(world.Apply(new StartSimulation("outage")).Applied);
        world.StepSeconds(1200);
        return (world, SnapshotView.Of(world), active);
    }
}
