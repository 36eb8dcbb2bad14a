using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>
/// Each fault of the telemetry alone: what of the page moves, which way and by how much against the same world without it at the same
/// time, that all else is as it was, and that everything comes back.
/// </summary>
public sealed class TelemetryFaultTests
{
    /// <summary>What a fault makes of the page; what a row doesn't name stays as it is without the fault.</summary>
    public sealed record Effect
    {
        /// <summary>Share of pages that there are not.</summary>
        public double Down { get; init; }

        /// <summary>Share of pages that are slow, and how slow they are, ms.</summary>
        public (double Share, double Least, double Most) Delay { get; init; }

        /// <summary>Share of the users whose series are missing, least and most.</summary>
        public (double Least, double Most) Missing { get; init; }

        /// <summary>Share of the requests since the start that bring a series, and how many series at most.</summary>
        public (double Share, int Most) Added { get; init; }

        /// <summary>How far timestamps are ahead, ms.</summary>
        public long Ahead { get; init; }

        /// <summary>Whether counters count from the fault's start, and go on doing so after it.</summary>
        public bool Resets { get; init; }
    }

    public static TheoryData<FaultSpec, Effect> Table => new()
    {
        { new() { Type = FaultType.ExporterDown }, new() { Down = 1 } },
        {
            new() { Type = FaultType.ScrapeDelay, MinDelayMilliseconds = 500, MaxDelayMilliseconds = 1500, AffectedPercentage = 40 },
            new() { Delay = (0.4, 500, 1500) }
        },
        { new() { Type = FaultType.CounterReset }, new() { Resets = true } },
        { new() { Type = FaultType.SeriesGap, AffectedPercentage = 30 }, new() { Missing = (0.15, 0.45) } },
        { new() { Type = FaultType.CardinalityExplosion }, new() { Added = (1, 10_000) } },
        { new() { Type = FaultType.CardinalityExplosion, MaxSeries = 50 }, new() { Added = (1, 50) } },
        { new() { Type = FaultType.CardinalityExplosion, AffectedPercentage = 25 }, new() { Added = (0.25, 10_000) } },
        { new() { Type = FaultType.ClockSkew }, new() { Ahead = 300_000 } },
        { new() { Type = FaultType.ClockSkew, OffsetSeconds = -7.5 }, new() { Ahead = -7_500 } },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_alone_moves_what_it_should_and_it_comes_back(FaultSpec fault, Effect effect)
    {
        var (plain, faulty) = (TelemetryWorlds.With(), TelemetryWorlds.With(fault));
        Step(TelemetryWorlds.Start);
        Assert.Equal(plain.Page(), faulty.Page());
        var before = plain.Status().TotalRequests;
        var atReset = effect.Resets ? plain.Page() : null;

        var (down, delays) = (0, new List<double>());
        for (var second = 0; second < TelemetryWorlds.Length; second++)
        {
            Step(1);
            var snapshot = faulty.Snapshot();
            if (snapshot.ExporterDown) down++;
            delays.Add(snapshot.Delay.TotalMilliseconds);
            if (second is 99 or TelemetryWorlds.Length - 1) Compare(plain.Page(), faulty.Page(), effect, atReset, Requests(), fault.Type.SnakeCase());
        }

        Assert.Equal(effect.Down, (double)down / TelemetryWorlds.Length);
        var slow = delays.Where(delay => delay > 0).ToList();
        if (effect.Delay.Share is > 0 and < 1) Statistics.AssertShare(effect.Delay.Share, slow.Count, delays.Count, "slow pages");
        else Assert.Empty(slow);
        Assert.All(slow, delay => Assert.InRange(delay, effect.Delay.Least, effect.Delay.Most));

        Step(1);
        var after = faulty.Snapshot();
        Assert.Equal((false, TimeSpan.Zero), (after.ExporterDown, after.Delay));
        Compare(plain.Page(), faulty.Page(), new() { Resets = effect.Resets }, atReset, 0, "");
        // The world itself never noticed.
        Assert.Equal(plain.Status() with { Simulations = [], Faults = [] }, faulty.Status() with { Simulations = [], Faults = [] });
        Assert.Equal(plain.Blocks[0].InFlight, faulty.Blocks[0].InFlight);

        int Requests() => (int)(plain.Status().TotalRequests - before);

        void Step(int seconds)
        {
            plain.StepSeconds(seconds);
            faulty.StepSeconds(seconds);
        }
    }

    private static void Compare(
        Dictionary<string, (double Value, long Milliseconds)> plain,
        Dictionary<string, (double Value, long Milliseconds)> faulty,
        Effect effect,
        Dictionary<string, (double Value, long Milliseconds)>? atReset,
        int requests,
        string active)
    {
        var missing = plain.Keys.Where(series => !faulty.ContainsKey(series)).ToList();
        Assert.All(missing, series => Assert.Contains("user_id=", series, StringComparison.Ordinal));
        var (users, gone) = (UsersOf(plain.Keys), UsersOf(plain.Keys).Except(UsersOf(faulty.Keys)).ToList());
        Assert.InRange((double)gone.Count / users.Count, effect.Missing.Least, effect.Missing.Most);
        // A user is missing with all its series.
        Assert.Equal(plain.Keys.Count(series => gone.Exists(user => series.Contains($"user_id={user},", StringComparison.Ordinal))), missing.Count);

        var added = faulty.Keys.Where(series => !plain.ContainsKey(series)).ToList();
        Assert.All(added, series => Assert.StartsWith("otel_claude_code_api_request_count_", series, StringComparison.Ordinal));
        var brought = added.Count(series => series.Contains("_total", StringComparison.Ordinal));
        Assert.Equal(2 * brought, added.Count);
        if (effect.Added.Share is > 0 and < 1) Statistics.AssertShare(effect.Added.Share, brought, requests, "requests with a series");
        else Assert.Equal(Math.Min(effect.Added.Most, requests), brought);

        foreach (var (series, (value, milliseconds)) in faulty.Where(pair => plain.ContainsKey(pair.Key)))
        {
            Assert.Equal(plain[series].Milliseconds + effect.Ahead, milliseconds);
            var expected = plain[series].Value;
            if (series == $"metricssim_active_faults{{type={active}}}") expected = 1;
            else if (series.Contains("_created{", StringComparison.Ordinal)) expected += (effect.Ahead / 1000.0) + (effect.Resets ? TelemetryWorlds.Start : 0);
            else if (effect.Resets && IsCounted(series)) expected -= atReset![series].Value;
            // Sums are in decimal parts of seconds and dollars, whose difference rounds.
            Assert.Equal(expected, value, 1e-6);
        }
    }

    private static bool IsCounted(string series) =>
        series[..series.IndexOf('{', StringComparison.Ordinal)] is var name
        && (name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal)
            || name.EndsWith("_sum", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal));

    private static List<string> UsersOf(IEnumerable<string> series) =>
    [
        .. series.Where(one => one.StartsWith("otel_claude_code_session_count_total", StringComparison.Ordinal))
            .Select(one => one.Split("user_id=")[1].Split(',')[0]),
    ];
}
