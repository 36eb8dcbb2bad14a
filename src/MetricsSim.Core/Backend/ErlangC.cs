namespace MetricsSim.Core.Backend;

/// <summary>
/// The M/M/c queue (Erlang 1917; Kleinrock, Queueing Systems I, 1975, §3.5): chance of having to wait and mean wait.
/// </summary>
public static class ErlangC
{
    /// <summary>Chance that an arrival finds all servers busy.</summary>
    /// <param name="servers">c, at least 1.</param>
    /// <param name="utilization">ρ = λ/(cμ), 0 ≤ ρ &lt; 1.</param>
    /// <returns>C(c, cρ), 0–1.</returns>
    public static double WaitProbability(int servers, double utilization)
    {
        if (utilization <= 0) return 0;
        var blocking = 1 / InverseErlangB(servers, servers * utilization);
        return blocking / (1 - (utilization * (1 - blocking)));
    }

    /// <summary>Mean wait of all arrivals, those that don't wait included, in units of the mean service time.</summary>
    /// <param name="servers">c, at least 1.</param>
    /// <param name="utilization">ρ, 0 ≤ ρ &lt; 1.</param>
    /// <returns>C(c, cρ) / (c(1 − ρ)).</returns>
    public static double MeanWait(int servers, double utilization) =>
        WaitProbability(servers, utilization) / (servers * (1 - utilization));

    /// <summary>
    /// 1/B(c, a) = Σ c!/((c−k)! a^k) for k = 0 … c. The sum is left as soon as it says that nobody waits, or that nothing is added any
    /// more, which keeps a million servers as cheap as a hundred.
    /// </summary>
    private static double InverseErlangB(int servers, double offered)
    {
        const double Never = 1e18;
        const double Negligible = 1e-17;
        var sum = 1.0;
        var term = 1.0;
        for (var k = 0; k < servers; k++)
        {
            term *= (servers - k) / offered;
            sum += term;
            if (sum > Never || term < Negligible * sum) break;
        }

        return sum;
    }
}
