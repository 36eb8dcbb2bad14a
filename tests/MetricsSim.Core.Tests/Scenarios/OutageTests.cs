using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Scenarios;

/// <summary>
/// Outages against the same world without them: since users don't touch each other, their counts pair up, and a ratio of totals has the
/// standard error of the ratio estimator over users, √Σ(y − R·x)² / Σx (Cochran, Sampling Techniques, 1977, §2.11).
/// </summary>
public sealed class OutageTests
{
    private const int Users = 800;
    private const double From = 600;
    private const double To = 1800;

    [Theory]
    [InlineData(30)]
    [InlineData(50)]
    public void A_model_outage_takes_its_share_of_tokens(double percentage)
    {
        var (plain, faulty) = Pair(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = percentage });
        var (before, beforeFaulty) = (SnapshotView.Of(plain.StepSeconds(From)), SnapshotView.Of(faulty.StepSeconds(From)));
        Assert.Equal(before.Snapshot.Columns[1], beforeFaulty.Snapshot.Columns[1]);
        // Requests under way when it begins still end, so the share is taken from a minute later.
        plain.StepSeconds(60);
        faulty.StepSeconds(60);
        var (start, startFaulty) = (Answered(plain), Answered(faulty));
        plain.StepSeconds(To - From - 60);
        faulty.StepSeconds(To - From - 60);
        AssertRatio(1 - (percentage / 100), Difference(Answered(plain), start), Difference(Answered(faulty), startFaulty));
        Assert.True(faulty.Status().TotalErrors > 100 * Math.Max(1, plain.Status().TotalErrors));
    }

    [Fact]
    public void It_hits_its_share_of_sessions_the_same_ones_as_long_as_it_lasts()
    {
        var (plain, faulty) = Pair(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 });
        plain.StepSeconds(To);
        faulty.StepSeconds(To);
        var before = (long)(From * 1e6);
        var alive = Alive(plain)
            .Where(session => session.StartedAt > before && session.StartedAt < (To - 300) * 1e6).Select(session => session.Key).ToHashSet();
        var survivors = Alive(faulty).Where(session => session.StartedAt > before && session.StartedAt < (To - 300) * 1e6).ToArray();
        // Who is not hit lives as without the fault; who is hit gives up three times within five minutes, but for one in thousands.
        Assert.All(survivors, session => Assert.Contains(session.Key, alive));
        Statistics.AssertShare(0.5, survivors.Length, alive.Count, "surviving sessions");
        Assert.True(survivors.Count(session => session.GiveUps > 0) <= 3);
    }

    [Fact]
    public void A_model_outage_may_name_the_model()
    {
        var (plain, faulty) = Pair(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 100, Model = "claude-sonnet-4-5-20250929" });
        plain.StepSeconds(From + 60);
        faulty.StepSeconds(From + 60);
        var (start, end) = (SnapshotView.Of(faulty), SnapshotView.Of(faulty.StepSeconds(600)));
        var (plainStart, plainEnd) = (SnapshotView.Of(plain), SnapshotView.Of(plain.StepSeconds(600)));
        foreach (var model in plain.Options.Models.Select(model => model.Id))
        {
            var tokens = Tokens(end, model) - Tokens(start, model);
            Assert.Equal(model.Contains("sonnet", StringComparison.Ordinal) ? 0 : Tokens(plainEnd, model) - Tokens(plainStart, model), tokens);
        }
    }

    [Fact]
    public void In_a_total_outage_sessions_start_and_end_failed_without_tokens()
    {
        var (plain, faulty) = Pair(new FaultSpec { Type = FaultType.TotalOutage });
        plain.StepSeconds(From + 60);
        faulty.StepSeconds(From + 60);
        var (start, plainStart) = (SnapshotView.Of(faulty), faulty.Started());
        plain.StepSeconds(To - From - 61);
        faulty.StepSeconds(To - From - 61);
        var end = SnapshotView.Of(faulty);
        Assert.Equal(start.Sum("otel_claude_code_token_usage_tokens"), end.Sum("otel_claude_code_token_usage_tokens"));
        const string Operations = "gen_ai_client_operation_duration_seconds";
        Assert.Equal(start.Count(Operations, ("error_type", "")), end.Count(Operations, ("error_type", "")));
        Assert.True(faulty.Started() > plainStart + 100);
        Assert.Equal(plain.Started(), faulty.Started());
        var failed = Ended(end, "failed") - Ended(start, "failed");
        var completed = Ended(end, "completed") - Ended(start, "completed");
        // Only a session that ends before its third request, some 45 s, is not failed by the outage: few, given a median of 120 s.
        Assert.True(failed > 8 * completed, $"{failed} failed, {completed} completed");
        Assert.Equal(end.Count("metricssim_request_duration_seconds") - start.Count("metricssim_request_duration_seconds"), Errors(end) - Errors(start));
    }

    [Theory]
    [InlineData(FaultType.ModelOutage)]
    [InlineData(FaultType.TotalOutage)]
    public void Afterwards_errors_and_tokens_are_back(FaultType type)
    {
        var (plain, faulty) = Pair(new FaultSpec { Type = type, AffectedPercentage = 60 });
        // Sessions last 12 minutes at most here, so the outage leaves no trace 15 minutes after its end.
        plain.StepSeconds(To + 900);
        faulty.StepSeconds(To + 900);
        var (start, startFaulty) = (Answered(plain), Answered(faulty));
        var errors = faulty.Status().TotalErrors;
        plain.StepSeconds(1200);
        faulty.StepSeconds(1200);
        var (x, y) = (Difference(Answered(plain), start), Difference(Answered(faulty), startFaulty));
        // Not only in law: every user does the very same as if nothing had happened.
        Assert.Equal(x, y);
        Assert.Equal(0, faulty.Status().TotalErrors - errors);
        Assert.Equal(plain.Sessions().Select(session => session.Key).Order(), faulty.Sessions().Select(session => session.Key).Order());
    }

    /// <summary>Against what was before, not the twin: the total after over the total before, each user's standard error empirical.</summary>
    [Fact]
    public void Two_minutes_after_the_end_the_error_share_is_back()
    {
        var (_, world) = Pair(new FaultSpec { Type = FaultType.TotalOutage });
        world.StepSeconds(To + 120);
        var errors = world.Status().TotalErrors;
        var requests = world.Status().TotalRequests;
        world.StepSeconds(300);
        // Three failures of 0.5 % in a row: 1.25e-7 of the requests.
        Assert.True(world.Status().TotalRequests - requests > 3000);
        Assert.Equal(0, world.Status().TotalErrors - errors);
    }

    [Fact]
    public void A_simulations_seed_keys_its_own_draws_only()
    {
        var fault = new InjectFailureEvent(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 }, TimeSpan.FromSeconds(600));
        World Started(ulong? seed)
        {
            var world = new World(Options().With(TestWorlds.Scenario("s", 3600, (120, fault))));
            world.Apply(new StartSimulation("s") { Seed = seed });
            return world.StepSeconds(120);
        }

        World[] worlds = [Started(null), Started(42), Started(5)];
        Assert.Single(worlds.Select(world => SnapshotView.Of(world).Hash()).Distinct());
        Assert.Equal(42UL, worlds[0].Options.Seed);
        var later = worlds.Select(world => SnapshotView.Of(world.StepSeconds(300)).Hash()).ToArray();
        Assert.Equal(later[0], later[1]);
        Assert.NotEqual(later[0], later[2]);
        Assert.Equal(worlds[0].Started(), worlds[2].Started());
    }

    [Fact]
    public void Base_failures_are_retried_and_given_up_by_their_share()
    {
        var options = Options() with { Backend = new() { BaseFailure = 0.3 } };
        var status = new World(options).StepSeconds(600).Status();
        // A request is given up when all three attempts fail: 0.3³. Sessions that fail early don't bias a request's own outcome.
        Statistics.AssertShare(0.027, status.TotalErrors, status.TotalRequests, "given-up requests");
    }

    private static (World Plain, World Faulty) Pair(FaultSpec fault)
    {
        var options = Options().With(TestWorlds.Scenario("s", 3600, (From, new InjectFailureEvent(fault, TimeSpan.FromSeconds(To - From)))));
        var faulty = new World(options);
        Assert.True(faulty.Apply(new StartSimulation("s")).Applied);
        return (new World(options), faulty);
    }

    private static WorldOptions Options()
    {
        var options = TestWorlds.Homogeneous(Users);
        return options with
        {
            Population = options.Population with { Segments = [TestWorlds.OneSegment(120, 0.5)] },
            Workload = options.Workload with { SessionsPerHour = 6, MinSession = TimeSpan.FromSeconds(30), MaxSession = TimeSpan.FromMinutes(12) },
        };
    }

    private static void AssertRatio(double expected, double[] x, double[] y)
    {
        var ratio = y.Sum() / x.Sum();
        var error = Math.Sqrt(x.Zip(y, (a, b) => (b - (ratio * a)) * (b - (ratio * a))).Sum()) / x.Sum();
        Assert.InRange(error, 0, 0.05);
        Statistics.AssertNear(expected, ratio, error, "ratio of tokens");
    }

    /// <summary>Output tokens by user.</summary>
    private static double[] Answered(World world) =>
        [.. SnapshotView.Of(world).Series("otel_claude_code_token_usage_tokens").Where(series => series.Labels["type"] == "output")
            .GroupBy(series => series.Labels["user_id"], StringComparer.Ordinal).Select(user => (double)user.Sum(series => series.Cells[0]))];

    private static double[] Difference(double[] after, double[] before) => [.. after.Zip(before, (a, b) => a - b)];

    private static IEnumerable<Session> Alive(World world) => world.Sessions();

    private static long Tokens(SnapshotView view, string model) => view.Sum("otel_claude_code_token_usage_tokens", ("model", model));

    private static long Ended(SnapshotView view, string status) => view.Count("otel_claude_code_session_duration_seconds", ("status", status));

    private static long Errors(SnapshotView view) => view.Sum("otel_claude_code_error", ("tool_name", ""), ("error_type", "service_unavailable"));
}
