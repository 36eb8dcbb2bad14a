using MetricsSim.Core.Backend;
using Xunit;

namespace MetricsSim.Core.Tests.Backend;

public sealed class ErlangCTests
{
    /// <summary>
    /// Published worked examples. 55 agents, 360 calls of 4 min in half an hour: C = 0.239, mean wait 8.2 s (Mitan Ltd., "The Erlang-C
    /// Formula"). 14 agents, 100 calls of 3 min in half an hour: 17.4 %, 7.8 s (Call Centre Helper, "Erlang C Formula – Made Simple With
    /// an Easy Worked Example"). Three doctors, 6 patients an hour of 20 min each: L_q = 8/9, so 1/6.75 h (Gross and Harris, Fundamentals of
    /// Queueing Theory, 1985, §2.3). Two servers, 3 an hour at 2 an hour each: L_q = 1.93 (notes.fazuh.com, "M/M/s queue example").
    /// </summary>
    [Theory]
    [InlineData(55, 48, 240, 0.239, 0.0005, 8.2, 0.05)]
    [InlineData(14, 10, 180, 0.174, 0.0005, 7.8, 0.05)]
    [InlineData(3, 2, 1200, 4.0 / 9, 1e-12, 3600 / 6.75, 1e-9)]
    [InlineData(2, 1.5, 1800, 9.0 / 14, 1e-12, 1.93 / 3 * 3600, 5)]
    public void Agrees_with_published_values(
        int servers, double offered, double serviceSeconds, double probability, double probabilityTolerance, double wait, double waitTolerance)
    {
        Assert.Equal(probability, ErlangC.WaitProbability(servers, offered / servers), probabilityTolerance);
        Assert.Equal(wait, ErlangC.MeanWait(servers, offered / servers) * serviceSeconds, waitTolerance);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    [InlineData(0.9999)]
    public void Agrees_with_closed_forms(double rho)
    {
        Assert.Equal(rho, ErlangC.WaitProbability(1, rho), 1e-12);
        Assert.Equal(rho / (1 - rho), ErlangC.MeanWait(1, rho), 1e-12 / (1 - rho));
        Assert.Equal(2 * rho * rho / (1 + rho), ErlangC.WaitProbability(2, rho), 1e-12);
    }

    /// <summary>The recursion of Erlang B, B(k) = aB(k−1)/(k + aB(k−1)), takes c steps where the sum stops early.</summary>
    [Theory]
    [InlineData(3, 0.3)]
    [InlineData(130, 0.61)]
    [InlineData(130, 0.98)]
    [InlineData(5000, 0.98)]
    [InlineData(1_000_000, 0.98)]
    [InlineData(1_000_000, 0.999)]
    public void Agrees_with_the_recursion_however_many_servers_there_are(int servers, double rho)
    {
        var blocking = 1.0;
        for (var k = 1; k <= servers; k++) blocking = servers * rho * blocking / (k + (servers * rho * blocking));
        var expected = blocking / (1 - (rho * (1 - blocking)));
        var actual = ErlangC.WaitProbability(servers, rho);
        // Below 1e-15 nobody ever waits, and the sum is left.
        if (expected > 1e-15) Assert.Equal(1, actual / expected, 1e-8);
        else Assert.InRange(actual, 0, 1e-15);
    }

    [Fact]
    public void Nobody_waits_where_nobody_comes()
    {
        Assert.Equal(0, ErlangC.WaitProbability(3, 0));
        Assert.Equal(0, ErlangC.MeanWait(3, 0));
        Assert.Equal(0, ErlangC.WaitProbability(3, double.Epsilon), 1e-15);
    }
}
