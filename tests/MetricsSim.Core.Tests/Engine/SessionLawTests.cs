using MathNet.Numerics.Distributions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>What sessions draw at their start, and how they work: from every session that starts in a few minutes of a busy world.</summary>
public sealed class SessionLawTests
{
    private static readonly Lazy<(WorldOptions Options, IReadOnlyList<Session> Sessions)> Busy = new(() => Collect(TestWorlds.Flat(600)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Lengths_are_clamped_log_normal_by_segment(int segment)
    {
        var (options, sessions) = Busy.Value;
        var law = options.Population.Segments[segment];
        var directory = new Core.Population.UserDirectory(options.Population, new(options.Seed));
        double Cdf(double x) => LogNormal.CDF(Math.Log(law.MedianSessionSeconds), law.SessionSigma, x);
        Statistics.AssertFollows(
            sessions.Where(session => directory.Segment(session.User) == segment).Select(session => (session.EndsAt - session.StartedAt) / 1e6),
            x => x >= 7200 ? 1 : Cdf(x),
            x => x <= 10 ? 0 : Cdf(Math.Min(x, 7200)));
    }

    [Fact]
    public void Models_have_their_shares()
    {
        var (options, sessions) = Busy.Value;
        var counts = options.Models.Select((_, model) => (long)sessions.Count(session => session.Model == model)).ToArray();
        Statistics.AssertChiSquare([.. options.Models.Select(model => model.Fraction * sessions.Count)], counts);
    }

    [Fact]
    public void A_share_is_bound_to_fail()
    {
        var (_, sessions) = Busy.Value;
        Statistics.AssertShare(0.01, sessions.Count(session => session.FailsAtEnd), sessions.Count);
    }

    [Fact]
    public void Start_types_have_their_shares()
    {
        var options = TestWorlds.Flat(600);
        options = options with { Telemetry = new() { Labels = new() { StartType = true } }, Workload = options.Workload with { SessionsPerHour = 50 } };
        var view = SnapshotView.Of(new World(options.WithoutRequests()).StepSeconds(600));
        var counts = new[] { "fresh", "resume", "continue" }.Select(type => view.Sum("otel_claude_code_session_count", ("start_type", type))).ToArray();
        Statistics.AssertChiSquare([.. new[] { 0.7, 0.2, 0.1 }.Select(share => share * counts.Sum())], counts);
    }

    /// <summary>
    /// Requests are a Poisson process of one in 15 s over a session's life: given the ages, their number is Poisson with mean Σ age/15,
    /// for sessions found in progress too.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Requests_come_every_15_seconds_throughout_a_session(double tickSeconds)
    {
        var world = new World(TestWorlds.Flat(300) with { Tick = TimeSpan.FromSeconds(tickSeconds) });
        foreach (var minutes in new[] { 0, 20 })
        {
            world.StepSeconds(minutes * 60);
            var now = world.Tick * tickSeconds * 1e6;
            var sessions = world.Sessions().ToArray();
            var expected = sessions.Sum(session => (now - session.StartedAt) / 15e6);
            Statistics.AssertPoisson(expected, sessions.Sum(session => session.Requests), $"requests after {minutes} minutes");
            // Σ(n − m)²/m of Poisson counts has mean k and, with third and fourth moments, variance 2k + Σ1/m.
            var old = sessions.Where(session => now - session.StartedAt > 75e6)
                .Select(session => (session.Requests, Mean: (now - session.StartedAt) / 15e6)).ToArray();
            var statistic = old.Sum(entry => (entry.Requests - entry.Mean) * (entry.Requests - entry.Mean) / entry.Mean);
            Statistics.AssertNear(old.Length, statistic, Math.Sqrt((2 * old.Length) + old.Sum(entry => 1 / entry.Mean)), "dispersion of requests");
        }
    }

    [Fact]
    public void Request_gaps_are_exponential()
    {
        var laws = new WorkloadLaws(TestWorlds.Flat(1));
        var random = new Core.Randomness.KeyedRandom(4);
        var gaps = Enumerable.Range(0, 20_000).Select(i => laws.RequestGap(random.Draw((ulong)i, Core.Randomness.Purpose.Request)) / 1e6);
        Statistics.AssertFollows(gaps, gap => Exponential.CDF(1 / 15.0, gap));
    }

    /// <summary>Sessions live 10 s at least, so a look every 9 s misses none.</summary>
    private static (WorldOptions Options, IReadOnlyList<Session> Sessions) Collect(WorldOptions options)
    {
        options = options.WithoutRequests() with { Workload = options.WithoutRequests().Workload with { SessionsPerHour = 200 } };
        var world = new World(options);
        var sessions = new List<Session>();
        for (var from = 0L; from < 270_000_000; from += 9_000_000)
        {
            world.Step(9);
            sessions.AddRange(world.Sessions().Where(session => session.StartedAt >= from));
        }

        Assert.Equal(world.Started(), sessions.Count);
        return (options, sessions);
    }
}
