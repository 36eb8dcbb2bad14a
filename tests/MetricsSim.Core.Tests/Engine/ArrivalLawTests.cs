using MathNet.Numerics.Distributions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>
/// Without season and volatility a user's sessions start as a Poisson process of rate λ = sessions_per_hour · activity (Kingman, Poisson
/// Processes, 1993): counts have variance/mean 1, gaps are exponential, and the times are uniform given their number.
/// </summary>
public sealed class ArrivalLawTests
{
    private const int Users = 1500;

    public static TheoryData<double> Ticks => [0.25, 1, 60, 3600];

    [Theory]
    [MemberData(nameof(Ticks))]
    public void Counts_are_Poisson_whatever_the_tick(double tickSeconds)
    {
        var users = tickSeconds < 60 ? 400 : Users;
        var hours = tickSeconds < 1 ? 0.5 : tickSeconds < 60 ? 1 : 3;
        var world = new World(Endless(users, tickSeconds)).StepSeconds(hours * 3600);
        var counts = new double[users];
        foreach (var session in New(world)) counts[session.User]++;
        Statistics.AssertPoisson(users * 2 * hours, counts.Sum(), "sessions");
        Statistics.AssertPoissonDispersion(counts);
    }

    [Fact]
    public void Gaps_are_exponential()
    {
        var world = new World(Endless(Users, 60)).StepSeconds(12 * 3600);
        var gaps = new List<double>();
        foreach (var user in New(world).GroupBy(session => session.User))
        {
            // At 2 an hour, 12 hours hold three sessions of a user but for one user in 10^8: taking the first three biases nothing.
            var last = 0L;
            foreach (var at in user.Select(session => session.StartedAt).Order().Take(3))
            {
                gaps.Add((at - last) / 1e6);
                last = at;
            }
        }

        Assert.Equal(3 * Users, gaps.Count);
        Statistics.AssertFollows(gaps, gap => Exponential.CDF(2 / 3600.0, gap));
    }

    [Theory]
    [MemberData(nameof(Ticks))]
    public void Times_are_uniform_even_within_a_tick(double tickSeconds)
    {
        var world = new World(Endless(tickSeconds < 60 ? 400 : Users, tickSeconds)).StepSeconds(3600);
        var times = New(world).Select(session => session.StartedAt / 1e6).ToArray();
        Statistics.AssertFollows(times, at => at / 3600);
        Statistics.AssertFollows(times.Select(at => at % tickSeconds), at => at / tickSeconds);
    }

    [Fact]
    public void Activity_scales_the_rate_of_each_segment()
    {
        var options = TestWorlds.Homogeneous(3000).WithoutRequests() with
        {
            Population = new() { Total = 3000, Segments = [new("slow", 0.5, 0.5, 0.5, 0, 600, 0.6), new("fast_users", 0.5, 3, 3, 0, 600, 0.6)] },
        };
        var world = new World(options).StepSeconds(3600);
        var view = SnapshotView.Of(world);
        Statistics.AssertPoisson(1500 * 2 * 0.5, view.Sum("otel_claude_code_session_count", ("user_type", "slow")));
        Statistics.AssertPoisson(1500 * 2 * 3, view.Sum("otel_claude_code_session_count", ("user_type", "fast")));
    }

    /// <summary>
    /// Volatility makes the process a Cox process: Var N(T) = E N(T) + λ²·∬Cov, with Cov = (cv·b)²e^(−θ|s−t|), whose double integral is
    /// 2(cv·b)²(θT − 1 + e^(−θT))/θ²; the mean stays λT.
    /// </summary>
    [Fact]
    public void Volatility_keeps_the_mean_and_adds_its_variance()
    {
        const double Cv = 0.3;
        const double ThetaPerHour = 6;
        const double Hours = 6;
        const double Lambda = 60;
        var options = Endless(Users, 6);
        options = options with
        {
            Activity = options.Activity with
            {
                Brownian = new() { Volatility = Cv, LowerBound = double.NegativeInfinity, UpperBound = double.PositiveInfinity },
            },
            Workload = options.Workload with { SessionsPerHour = Lambda, MinSession = TimeSpan.FromSeconds(1), MaxSession = TimeSpan.FromSeconds(2) },
        };
        var world = new World(options).StepSeconds(Hours * 3600);
        var counts = SnapshotView.Of(world).Series("otel_claude_code_session_count").Select(series => (double)series.Cells[0]).ToArray();
        var integral = 2 * Cv * Cv * ((ThetaPerHour * Hours) - 1 + Math.Exp(-ThetaPerHour * Hours)) / (ThetaPerHour * ThetaPerHour);
        var variance = (Lambda * Hours) + (Lambda * Lambda * integral);
        Statistics.AssertNormalMoments(Lambda * Hours, variance, counts);
    }

    /// <summary>Sessions that outlive the test, so that each one's start can be read at the end.</summary>
    private static WorldOptions Endless(int users, double tickSeconds)
    {
        var options = TestWorlds.Homogeneous(users).WithoutRequests();
        return options with
        {
            Tick = TimeSpan.FromSeconds(tickSeconds),
            Workload = options.Workload with { MinSession = TimeSpan.FromDays(5), MaxSession = TimeSpan.FromDays(6) },
        };
    }

    /// <summary>Sessions that started since tick 0, without those found in progress then.</summary>
    private static IEnumerable<Session> New(World world) => world.Sessions().Where(session => session.StartedAt >= 0);
}
