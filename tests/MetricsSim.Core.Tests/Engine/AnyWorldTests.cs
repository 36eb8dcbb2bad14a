using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>What must hold for any valid options and any commands, drawn at random with a fixed seed.</summary>
public sealed class AnyWorldTests
{
    [Fact]
    public void Books_balance_and_lanes_decide_nothing()
    {
        var numbers = Gen.Choose(0, int.MaxValue - 1).ArrayOf(32).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithReplay(2026, 11).WithMaxTest(40), Prop.ForAll(numbers, draws =>
        {
            var options = Options(new Choices(draws));
            var (active, serial) = Play(options, new Choices(draws), null);
            var (_, laned) = Play(options, new Choices(draws), new ReversedLanes(3));
            var (view, status) = (SnapshotView.Of(serial), serial.Status());
            Assert.Equal(view.Hash(), SnapshotView.Of(laned).Hash());
            Assert.All(view.Snapshot.Columns.SelectMany(column => column), cell => Assert.True(cell >= 0));
            Assert.Equal(status.TotalSessions, view.Sum("otel_claude_code_session_count"));
            Assert.Equal(status.ActiveSessions, serial.Sessions().Count());
            Assert.Equal(active + status.TotalSessions - status.ActiveSessions, view.Count("otel_claude_code_session_duration_seconds"));
            Assert.Equal(status.TotalRequests, view.Count("metricssim_request_duration_seconds"));
            Assert.Equal(status.TotalErrors, view.Sum("otel_claude_code_error", ("tool_name", "")));
            Assert.Equal(status.TotalTokens, view.Sum("otel_claude_code_token_usage_tokens"));
            var now = (long)(serial.Now - options.Start).TotalMicroseconds;
            Assert.All(serial.Sessions(), session => Assert.True(
                session.StartedAt < Math.Max(now, 1) && session.EndsAt >= now && session.GiveUps < options.Workload.GiveUpsToFail));
        }));
    }

    private static WorldOptions Options(Choices draw) => new()
    {
        Seed = (ulong)draw.Next(1000),
        Tick = draw.Of(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(333), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), TimeSpan.FromHours(1)),
        Population = new()
        {
            Total = draw.Of(1, 2, 37, 37, 1025),
            Organizations = draw.Of(1, 7),
            ApiKeyShare = draw.Of(0, 0.5, 1),
            Segments = draw.Of(SegmentOptions.Defaults, [new("x", 0, 0, 0, 0, 5, 2), new("y", 1, 0, 3, 3, 100_000, 0.1)]),
        },
        Activity = new()
        {
            Brownian = new() { Volatility = draw.Of(0, 0.3, 5), MeanReversion = draw.Of(1e-6, 0.1, 100), Dt = draw.Of(1e-3, 0.1, 50) },
            Burst = new()
            {
                Enabled = draw.Of(false, true), Interval = TimeSpan.FromSeconds(7), Duration = TimeSpan.FromSeconds(3), Intensity = draw.Of(0, 5.0),
            },
        },
        Workload = new()
        {
            SessionsPerHour = draw.Of(0, 0.01, 2, 20),
            MinSession = draw.Of(TimeSpan.Zero, TimeSpan.FromSeconds(10)),
            MaxSession = draw.Of(TimeSpan.FromSeconds(11), TimeSpan.FromHours(2)),
            RequestInterval = draw.Of(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15), TimeSpan.FromDays(1)),
            BaseSessionFailure = draw.Of(0, 0.01, 1),
            GiveUpsToFail = draw.Of(1, 3),
        },
        Backend = new()
        {
            BaseFailure = draw.Of(0, 0.005, 0.7, 1),
            Retries = draw.Of(0, 2, 40),
            RetryBackoff = draw.Of(TimeSpan.Zero, TimeSpan.FromSeconds(1)),
            Timeout = draw.Of(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(60)),
        },
        Telemetry = new() { Labels = new() { UserId = draw.Of(true, false), QuerySource = draw.Of(true, false), StartType = draw.Of(true, false) } },
        Scenarios = new[]
        {
            TestWorlds.Scenario(
                "a",
                20,
                (0, new StartEvent(draw.Next(101), draw.Of(0, 0.1, 2))),
                (3, new InjectFailureEvent(
                    new FaultSpec { Type = draw.Of(FaultType.ModelOutage, FaultType.TotalOutage), AffectedPercentage = draw.Next(101) },
                    draw.Of<TimeSpan?>(null, TimeSpan.FromSeconds(5)))),
                (9, new BurstLoadEvent(draw.Of(0, 3.0), TimeSpan.FromSeconds(4))),
                (15, new RecoveryEvent())),
        }.ToDictionary(scenario => scenario.Id, StringComparer.Ordinal),
    };

    private static (long Active, World World) Play(WorldOptions options, Choices draw, ILanes? lanes)
    {
        var world = new World(options, lanes);
        var active = world.Status().ActiveSessions;
        for (var i = 0; i < 6; i++)
        {
            if (draw.Of(true, false)) world.Apply(new StartSimulation("a") { Compress = draw.Of(0.3, 1, 20) });
            else if (world.Status().Simulations is [var latest, ..]) world.Apply(new StopSimulation(latest.SimulationId));
            world.Step(1 + draw.Next(options.Tick > TimeSpan.FromSeconds(30) ? 2 : 12));
        }

        return (active, world);
    }

    /// <summary>Choices read off a list of numbers, around and around.</summary>
    private sealed class Choices(int[] draws)
    {
        private int _next;

        public int Next(int limit) => draws[_next++ % draws.Length] % limit;

        public T Of<T>(params T[] values) => values[Next(values.Length)];
    }
}
