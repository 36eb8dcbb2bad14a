using System.Runtime.Intrinsics;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Workload;

/// <summary>
/// The laws of sessions, requests and attempts, prepared for the tick. Token counts follow what prompt caching makes of a coding session:
/// few uncached input tokens, a cache that is read whole with every request and grows by what is said, and a compaction when it is full.
/// </summary>
internal sealed class WorkloadLaws
{
    private const int InitialContext = 12_000;
    private const int CompactedContext = 30_000;
    private const int ContextLimit = 160_000;
    private const double NanoUsdPerUsdPer1k = 1e9 / 1000;
    /// <summary>Of input, output and cache creation.</summary>
    private static readonly Vector256<double> TokenLogMedians = Vector256.Create(PortableMath.Log(20), PortableMath.Log(200), PortableMath.Log(500), 0);
    private static readonly Vector256<double> TokenSigmas = Vector256.Create(1.2, 0.9, 0.8, 0);
    private readonly double[] _modelEnds;
    private readonly double[][] _nanoUsdPerToken;
    private readonly double _requestIntervalMicros;
    private readonly double _logService;
    private readonly double _serviceSigma;
    private readonly BackendOptions _backend;
    private readonly double _backoffMicros;

    public WorkloadLaws(WorldOptions options)
    {
        var workload = options.Workload;
        SessionLengths =
        [
            .. options.Population.Segments.Select(segment => new ClampedLogNormal(
                segment.MedianSessionSeconds, segment.SessionSigma, workload.MinSession.TotalSeconds, workload.MaxSession.TotalSeconds)),
        ];
        BaseSessionFailure = workload.BaseSessionFailure;
        GiveUpsToFail = workload.GiveUpsToFail;
        _requestIntervalMicros = workload.RequestInterval.TotalMicroseconds;
        _modelEnds = UserDirectory.Cumulate(options.Models.Select(model => model.Fraction));
        _nanoUsdPerToken =
        [
            .. options.Models.Select(model => new[]
            {
                model.InputPer1k * NanoUsdPerUsdPer1k,
                model.OutputPer1k * NanoUsdPerUsdPer1k,
                model.CacheReadPer1k * NanoUsdPerUsdPer1k,
                model.CacheCreationPer1k * NanoUsdPerUsdPer1k,
            }),
        ];
        _backend = options.Backend;
        _logService = PortableMath.Log(_backend.ServiceTimeMedian);
        _serviceSigma = _backend.ServiceTimeSigma;
        TimeoutMicros = (long)_backend.Timeout.TotalMicroseconds;
        _backoffMicros = _backend.RetryBackoff.TotalMicroseconds;
    }

    public IReadOnlyList<ClampedLogNormal> SessionLengths { get; }

    public int ModelCount => _modelEnds.Length;

    public double BaseSessionFailure { get; }

    public int GiveUpsToFail { get; }

    /// <summary>Longest an attempt takes.</summary>
    public long TimeoutMicros { get; }

    public int Model(double uniform) => UserDirectory.Pick(_modelEnds, uniform);

    /// <summary>Time to a session's next request, µs: exponential.</summary>
    public long RequestGap(in RandomBlock block) => 1 + (long)(-_requestIntervalMicros * PortableMath.Log(RandomBlock.Uniform(block.W0)));

    /// <summary>Expected requests in a time, for sessions found in progress.</summary>
    public double RequestsIn(long micros) => micros / _requestIntervalMicros;

    public TokenCounts Tokens(in RandomBlock block, int context)
    {
        var z = Vector256.Create(NormalTable.Quantile(block.W1), NormalTable.Quantile(block.W2), NormalTable.Quantile(block.W3), 0);
        var drawn = PortableMath.Exp(TokenLogMedians + (TokenSigmas * z));
        return new TokenCounts(Rounded(drawn[0]), Rounded(drawn[1]), context, Rounded(drawn[2]));
    }

    public long NanoUsd(int model, in TokenCounts tokens)
    {
        var prices = _nanoUsdPerToken[model];
        return (long)Math.Round((tokens.Input * prices[0]) + (tokens.Output * prices[1]) + (tokens.CacheRead * prices[2]) + (tokens.CacheCreation * prices[3]));
    }

    /// <summary>The context after a number of requests, each adding the mean.</summary>
    public static int ContextAfter(int requests)
    {
        // Means of the two log-normals above: e^(μ + σ²/2).
        const long Growth = 690 + 300;
        var context = InitialContext + (requests * Growth);
        return context <= ContextLimit ? (int)context : CompactedContext + (int)((context - ContextLimit) % (ContextLimit - CompactedContext));
    }

    public static int Grow(int context, in TokenCounts tokens)
    {
        var grown = context + tokens.CacheCreation + tokens.Output;
        return grown <= ContextLimit ? grown : CompactedContext;
    }

    /// <summary>One attempt that no fault touches and the backend takes.</summary>
    /// <param name="block">Its draw.</param>
    /// <param name="waitMicros">How long it waits: on the network, and for a server.</param>
    /// <param name="micros">How long it takes, the wait included, at most the timeout.</param>
    /// <returns>Its outcome.</returns>
    public ErrorKind Attempt(in RandomBlock block, long waitMicros, out long micros)
    {
        micros = waitMicros + (long)(1e6 * PortableMath.Exp(_logService + (_serviceSigma * NormalTable.Quantile(block.W0))));
        if (micros > TimeoutMicros)
        {
            micros = TimeoutMicros;
            return ErrorKind.Timeout;
        }

        if (RandomBlock.Uniform(block.W1) >= _backend.BaseFailure) return ErrorKind.None;
        return (block.W2 % 10) switch
        {
            < 4 => ErrorKind.Network,
            < 7 => ErrorKind.RateLimit,
            _ => ErrorKind.ServiceUnavailable,
        };
    }

    /// <summary>How long an attempt takes that is refused at once: 50 to 150 ms.</summary>
    public static long RefusalMicros(in RandomBlock block) => 50_000 + (block.W0 % 100_000);

    /// <summary>The pause before the next attempt: doubling, with jitter of ± half; negative when there is none left.</summary>
    public long Backoff(int attempts, in RandomBlock block) =>
        attempts > _backend.Retries ? -1 : (long)(_backoffMicros * (1L << Math.Min(attempts - 1, 30)) * (0.5 + RandomBlock.Uniform(block.W3)));

    private static int Rounded(double value) => (int)Math.Round(value);
}
