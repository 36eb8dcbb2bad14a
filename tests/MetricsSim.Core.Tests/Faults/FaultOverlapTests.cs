using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>How faults compose, in pairs: the rules of <see cref="FaultField"/>.</summary>
public sealed class FaultOverlapTests
{
    private const int Sessions = 20_000;
    private const long Length = 600_000_000;

    [Fact]
    public void Of_two_outages_the_union_is_hit()
    {
        var (a, b) = (New(FaultType.ModelOutage, 40, 1), New(FaultType.ModelOutage, 50, 2));
        var union = Hit(0, a, b);
        Assert.Equal(Hit(0, a).Union(Hit(0, b)).Order(), union.Order());
        // Independent sets: 1 − 0.6 · 0.5.
        Statistics.AssertShare(0.7, union.Count, Sessions, "sessions hit");
        Assert.Equal(Sessions, Hit(0, a, New(FaultType.TotalOutage, 100, 3)).Count);
    }

    [Fact]
    public void The_same_fault_in_two_simulations_hits_the_same_sessions_unless_their_seeds_differ()
    {
        var fault = New(FaultType.ModelOutage, 50, 1);
        Assert.Equal(Hit(0, fault), Hit(0, fault, fault with { }));
        Statistics.AssertShare(0.75, Hit(0, fault, fault with { Random = new KeyedRandom(9) }).Count, Sessions, "sessions hit");
    }

    [Fact]
    public void What_is_gone_cannot_refuse_whichever_came_first()
    {
        var (outage, limit) = (New(FaultType.ModelOutage, 50, 1), New(FaultType.RateLimiting, 100, 2));
        foreach (var field in new[] { new FaultField([outage, limit]), new FaultField([limit, outage]) })
        {
            for (var i = 0; i < 1000; i++)
                Assert.Equal(outage.Hits(Key(i)) ? ErrorKind.ServiceUnavailable : ErrorKind.RateLimit, field.Strike(Key(i), 3, 0, 0));
        }

        var cascade = new FaultField([limit, New(FaultType.CascadeFailure, 100, 3)]);
        Statistics.AssertShare(
            0.2, Enumerable.Range(0, Sessions).Count(i => cascade.Strike(Key(i), 3, 0, 0) == ErrorKind.ServiceUnavailable), Sessions, "sessions on the first lost part");
    }

    [Fact]
    public void Of_two_rate_limits_each_refuses_its_share_of_what_the_other_lets_through()
    {
        var field = new FaultField([New(FaultType.RateLimiting, 30, 1), New(FaultType.RateLimiting, 20, 2)]);
        var refused = Enumerable.Range(0, Sessions).Count(i => field.Strike(Key(i / 20), i % 20, 0, 0) == ErrorKind.RateLimit);
        Statistics.AssertShare(1 - (0.7 * 0.8), refused, Sessions, "requests refused");
    }

    [Fact]
    public void Delays_add_up()
    {
        var (a, b) = (Delay(100, 300, 1), Delay(1000, 1000, 2));
        Assert.Equal(200_000, new FaultField([a]).DelayMicros(5, 0.5));
        Assert.Equal(1_200_000, new FaultField([a, b]).DelayMicros(5, 0.5));
        var half = b with { Spec = b.Spec with { AffectedPercentage = 50 } };
        Assert.All(
            Enumerable.Range(0, 1000),
            i => Assert.Equal(half.Hits(Key(i)) ? 1_200_000 : 200_000, new FaultField([a, half]).DelayMicros(Key(i), 0.5)));
    }

    [Fact]
    public void Capacity_is_what_each_leaves_of_what_the_others_left()
    {
        var (cascade, exhaustion) = (New(FaultType.CascadeFailure, 50, 1), New(FaultType.ResourceExhaustion, 60, 2));
        var field = new FaultField([cascade, exhaustion, New(FaultType.TotalOutage, 100, 3)]);
        // The cascade's steps of 10 % come with every fifth of its time; the resource is gone by the half of it.
        Assert.Equal(0.9, field.CapacityShare(0), 1e-12);
        Assert.Equal(0.8 * 0.7, field.CapacityShare(Length / 4), 1e-12);
        Assert.Equal(0.7 * 0.4, field.CapacityShare(Length / 2), 1e-12);
        Assert.Equal(0.5 * 0.4, field.CapacityShare(Length - 1), 1e-12);
        Assert.Equal(0.4 * 0.4, new FaultField([exhaustion, exhaustion with { Key = 7 }]).CapacityShare(Length), 1e-12);
        Assert.Equal(0, new FaultField([New(FaultType.CascadeFailure, 100, 1)]).CapacityShare(Length), 1e-12);
        Assert.Equal(1, FaultField.None.CapacityShare(0));
    }

    [Fact]
    public void A_user_that_several_keep_out_waits_for_the_longest()
    {
        var (brief, longer) = (Refusal(50, 30, 1), Refusal(50, 90, 2));
        var field = new FaultField([brief, longer]);
        for (var user = 0; user < 1000; user++)
        {
            var expected = longer.Hits((ulong)user) ? 90_000_000 : brief.Hits((ulong)user) ? 30_000_000 : 0;
            Assert.Equal(expected, field.RefusalMicros(user));
        }

        Assert.Equal(60_000_000, new FaultField([New(FaultType.AuthenticationFailures, 100, 1)]).RefusalMicros(1));
    }

    /// <summary>Five parts of the affected sessions, one after the other, each for 30 s and never again.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void A_cascade_fails_each_part_once(double percentage)
    {
        var cascade = New(FaultType.CascadeFailure, percentage, 1);
        var failed = new HashSet<int>();
        for (var step = 0; step < 5; step++)
        {
            var at = step * Length / 5;
            var part = Hit(at, cascade);
            Statistics.AssertShare(percentage / 500, part.Count, Sessions, "sessions of a step");
            Assert.Equal(part, Hit(at + 29_999_999, cascade));
            Assert.Empty(Hit(at + 30_000_000, cascade));
            Assert.DoesNotContain(part, failed.Contains);
            failed.UnionWith(part);
        }

        Statistics.AssertShare(percentage / 100, failed.Count, Sessions, "sessions of all steps");
        Assert.Empty(Hit(0, New(FaultType.CascadeFailure, 0, 1)));
    }

    private static ActiveFault New(FaultType type, double percentage, ulong key) =>
        new(new FaultSpec { Type = type, AffectedPercentage = percentage }, -1, KeyedRandom.KeyOf($"fault {key}"), new KeyedRandom(42), 0, Length);

    private static ActiveFault Delay(double low, double high, ulong key)
    {
        var fault = New(FaultType.NetworkLatency, 100, key);
        return fault with { Spec = fault.Spec with { MinDelayMilliseconds = low, MaxDelayMilliseconds = high } };
    }

    private static ActiveFault Refusal(double percentage, double seconds, ulong key)
    {
        var fault = New(FaultType.AuthenticationFailures, percentage, key);
        return fault with { Spec = fault.Spec with { RetryAfter = TimeSpan.FromSeconds(seconds) } };
    }

    private static ulong Key(int i) => ((ulong)(i / 100) << 32) | (uint)(i % 100);

    private static HashSet<int> Hit(long micros, params ActiveFault[] faults) =>
        [.. Enumerable.Range(0, Sessions).Where(i => new FaultField(faults).Strike(Key(i), 0, 0, micros) != ErrorKind.None)];
}
