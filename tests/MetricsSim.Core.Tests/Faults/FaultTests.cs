using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

public sealed class FaultTests
{
    private const int Sessions = 20_000;

    [Fact]
    public void Types_have_names_that_can_be_read_back()
    {
        Assert.Equal(
            "model_outage total_outage cascade_failure network_latency authentication_failures rate_limiting resource_exhaustion "
            + "exporter_down scrape_delay counter_reset series_gap cardinality_explosion clock_skew",
            string.Join(' ', FaultTypes.Names));
        foreach (var type in Enum.GetValues<FaultType>())
        {
            Assert.True(FaultTypes.TryParse(type.SnakeCase(), out var parsed));
            Assert.Equal(type, parsed);
        }

        Assert.False(FaultTypes.TryParse("ModelOutage", out _));
        Assert.Equal(
            "model_outage total_outage cascade_failure network_latency authentication_failures rate_limiting resource_exhaustion",
            string.Join(' ', Enum.GetValues<FaultType>().Where(type => type.ActsOnWorld()).Select(type => type.SnakeCase())));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(99.5)]
    [InlineData(100)]
    public void A_model_outage_hits_its_share_of_sessions(double percentage)
    {
        var hit = Hit(Fault(percentage)).Count;
        if (percentage is 0 or 100) Assert.Equal(Sessions * percentage / 100, hit);
        else Statistics.AssertShare(percentage / 100, hit, Sessions, "sessions hit");
    }

    [Fact]
    public void The_set_is_stable_nested_and_keyed()
    {
        var set = Hit(Fault(30));
        Assert.Equal(set, Hit(Fault(30)));
        Assert.Superset(set, Hit(Fault(60)));
        // Another fault, or another simulation's seed, draws anew: of 30 % it shares 30 %.
        Statistics.AssertShare(0.3, Hit(Fault(30) with { Key = 8 }).Count(set.Contains), set.Count, "in common with another fault");
        Statistics.AssertShare(0.3, Hit(Fault(30) with { Random = new(9) }).Count(set.Contains), set.Count, "in common with another seed");
    }

    [Fact]
    public void A_named_model_is_the_only_one_hit()
    {
        var named = Fault(100) with { Spec = new FaultSpec { Type = FaultType.ModelOutage, Model = "b" }, Model = 1 };
        Assert.Equal(
            [ErrorKind.None, ErrorKind.ServiceUnavailable, ErrorKind.None], Enumerable.Range(0, 3).Select(model => new FaultField([named]).Strike(5, 0, model, 0)));
        // A model that nobody uses can't fail anybody.
        Assert.Empty(Hit(named with { Model = -1 }));
    }

    [Fact]
    public void A_total_outage_hits_everyone_and_types_that_fail_no_attempt_hit_nobody()
    {
        var failing = new[] { FaultType.ModelOutage, FaultType.TotalOutage, FaultType.RateLimiting };
        foreach (var type in Enum.GetValues<FaultType>().Where(type => type != FaultType.CascadeFailure))
        {
            var fault = Fault(100) with { Spec = new FaultSpec { Type = type } };
            Assert.Equal(failing.Contains(type) ? Sessions : 0, Hit(fault).Count);
        }
    }

    private static ActiveFault Fault(double percentage) =>
        new(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = percentage }, -1, 7, new KeyedRandom(42), 0, 600_000_000);

    private static HashSet<int> Hit(ActiveFault fault) =>
        [.. Enumerable.Range(0, Sessions).Where(i => new FaultField([fault]).Strike(((ulong)(i / 100) << 32) | (uint)(i % 100), 0, i % 3, 0) != ErrorKind.None)];
}
