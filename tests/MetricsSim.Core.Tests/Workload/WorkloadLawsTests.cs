using MathNet.Numerics.Distributions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Workload;

public sealed class WorkloadLawsTests
{
    private const int Draws = 20_000;
    private static readonly WorldOptions Options = new();
    private static readonly WorkloadLaws Laws = new(Options);
    private static readonly KeyedRandom Random = new(5);

    /// <summary>Counts are rounded, so their law is the log-normal's at the next half.</summary>
    [Fact]
    public void Tokens_are_log_normal_counts_and_the_context_is_read()
    {
        var tokens = Enumerable.Range(0, Draws).Select(i => Laws.Tokens(Block(i), 12_345)).ToArray();
        AssertCounts(tokens.Select(count => count.Input), 20, 1.2);
        AssertCounts(tokens.Select(count => count.Output), 200, 0.9);
        AssertCounts(tokens.Select(count => count.CacheCreation), 500, 0.8);
        Assert.All(tokens, count => Assert.Equal(12_345, count.CacheRead));
        Assert.All(tokens, count => Assert.Equal((long)count.Input + count.Output + count.CacheRead + count.CacheCreation, count.Total));
    }

    [Fact]
    public void Cost_is_tokens_times_price()
    {
        Assert.Equal(1000 * 5000 + (100 * 25_000) + (10_000 * 500) + (200 * 6250), Laws.NanoUsd(0, new(1000, 100, 10_000, 200)));
        Assert.Equal(3000, Laws.NanoUsd(1, new(1, 0, 0, 0)));
        Assert.Equal(100, Laws.NanoUsd(2, new(0, 0, 1, 0)));
    }

    [Fact]
    public void Prices_of_the_cache_follow_from_the_input_price()
    {
        var opus = ModelOptions.Defaults[0];
        Assert.Equal((0.005, 0.025), (opus.InputPer1k, opus.OutputPer1k));
        Assert.Equal(0.0005, opus.CacheReadPer1k, 1e-12);
        Assert.Equal(0.00625, opus.CacheCreationPer1k, 1e-12);
        Assert.Equal(1, ModelOptions.Defaults.Sum(model => model.Fraction), 1e-12);
    }

    [Fact]
    public void The_context_grows_and_is_compacted()
    {
        Assert.Equal(12_000 + 700, WorkloadLaws.Grow(12_000, new(50, 200, 12_000, 500)));
        Assert.Equal(30_000, WorkloadLaws.Grow(159_900, new(50, 200, 159_900, 500)));
        Assert.Equal(12_000, WorkloadLaws.ContextAfter(0));
        Assert.All(Enumerable.Range(0, 2000), requests => Assert.InRange(WorkloadLaws.ContextAfter(requests), 12_000, 160_000));
        Assert.InRange(WorkloadLaws.ContextAfter(int.MaxValue), 12_000, 160_000);
        // The growth of a session found in progress is the mean of the two laws: e^(μ + σ²/2).
        Assert.Equal((500 * Math.Exp(0.32)) + (200 * Math.Exp(0.405)), WorkloadLaws.ContextAfter(1) - WorkloadLaws.ContextAfter(0), 5.0);
    }

    [Fact]
    public void Attempts_take_a_log_normal_time_and_fail_by_their_share()
    {
        var outcomes = new long[Enum.GetValues<ErrorKind>().Length];
        var seconds = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            outcomes[(int)Laws.Attempt(Block(i), 0, out var micros)]++;
            seconds[i] = micros / 1e6;
        }

        Statistics.AssertFollows(seconds, x => LogNormal.CDF(Math.Log(0.8), 0.4, x));
        Statistics.AssertShare(0.005, Draws - outcomes[0], Draws, "failures");
        Assert.Equal(Draws - outcomes[0], outcomes[(int)ErrorKind.Network] + outcomes[(int)ErrorKind.RateLimit] + outcomes[(int)ErrorKind.ServiceUnavailable]);
    }

    [Fact]
    public void An_attempt_over_the_timeout_fails_after_it()
    {
        var laws = new WorkloadLaws(Options with { Backend = new() { Timeout = TimeSpan.FromSeconds(0.8), BaseFailure = 0 } });
        var late = 0;
        for (var i = 0; i < Draws; i++)
        {
            var outcome = laws.Attempt(Block(i), 0, out var micros);
            Assert.Equal(outcome == ErrorKind.Timeout, micros == 800_000 && outcome != ErrorKind.None);
            Assert.InRange(micros, 0, 800_000);
            if (outcome == ErrorKind.Timeout) late++;
        }

        // The timeout is the median.
        Statistics.AssertShare(0.5, late, Draws, "timeouts");
    }

    [Fact]
    public void Backoff_doubles_with_jitter_until_the_retries_are_used_up()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.InRange(Laws.Backoff(1, Block(i)), 500_000, 1_500_000);
            Assert.InRange(Laws.Backoff(2, Block(i)), 1_000_000, 3_000_000);
            Assert.Equal(-1, Laws.Backoff(3, Block(i)));
            Assert.InRange(WorkloadLaws.RefusalMicros(Block(i)), 50_000, 149_999);
        }

        var many = new WorkloadLaws(Options with { Backend = new() { Retries = 100, RetryBackoff = TimeSpan.FromMilliseconds(1) } });
        Assert.True(many.Backoff(90, Block(0)) > 0);
    }

    private static RandomBlock Block(int i) => Random.Draw((ulong)i, Purpose.Request);

    private static void AssertCounts(IEnumerable<int> counts, double median, double sigma) =>
        Statistics.AssertFollows(
            counts.Select(count => (double)count),
            count => LogNormal.CDF(Math.Log(median), sigma, count + 0.5),
            count => count == 0 ? 0 : LogNormal.CDF(Math.Log(median), sigma, count - 0.5));
}
