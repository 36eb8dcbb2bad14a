using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Faults;

/// <summary>
/// The faults in force together. How overlapping faults compose is written here and nowhere else:
/// an attempt fails with the first fault that strikes it, outages before cascades before rate limits, since what is gone can't refuse;
/// delays add up; capacity is what each fault leaves of what the others left; a user that several faults keep out waits for the longest.
/// Faults of the telemetry: see the other part of this class.
/// </summary>
internal sealed partial class FaultField
{
    private readonly ActiveFault[] _all;
    private readonly ActiveFault[] _outages;
    private readonly ActiveFault[] _cascades;
    private readonly ActiveFault[] _limits;
    private readonly ActiveFault[] _delays;
    private readonly ActiveFault[] _refusals;

    public FaultField(IEnumerable<ActiveFault> faults)
    {
        _all = [.. faults];
        _outages = Of(FaultType.TotalOutage, FaultType.ModelOutage);
        _cascades = Of(FaultType.CascadeFailure);
        _limits = Of(FaultType.RateLimiting);
        _delays = Of(FaultType.NetworkLatency);
        _refusals = Of(FaultType.AuthenticationFailures);
        _pageDelays = Of(FaultType.ScrapeDelay);
        _gaps = Of(FaultType.SeriesGap);
        _explosions = [.. Of(FaultType.CardinalityExplosion).OrderBy(fault => fault.StartMicros)];
        ExporterDown = Of(FaultType.ExporterDown).Length > 0;
        ClockOffset = TimeSpan.FromSeconds(Of(FaultType.ClockSkew).Sum(fault => fault.Spec.OffsetSeconds ?? FaultSpec.DefaultOffsetSeconds));
        OnWorld = _all.Count(fault => fault.Spec.Type.ActsOnWorld());
    }

    /// <summary>No fault.</summary>
    public static FaultField None { get; } = new([]);

    /// <summary>The faults, in order of start.</summary>
    public IReadOnlyList<ActiveFault> All => _all;

    /// <summary>What the faults make of an attempt.</summary>
    /// <param name="session">Key of the session.</param>
    /// <param name="request">Number of the request in its session; a rate limit refuses all attempts of a request alike.</param>
    /// <param name="model">Index of the session's model.</param>
    /// <param name="micros">When, µs since tick 0.</param>
    /// <returns>The error, or <see cref="ErrorKind.None"/> when it gets through.</returns>
    public ErrorKind Strike(ulong session, int request, int model, long micros)
    {
        foreach (var fault in _outages)
        {
            var concerns = fault.Spec.Type == FaultType.TotalOutage || ((fault.Spec.Model is null || fault.Model == model) && fault.Hits(session));
            if (concerns) return fault.Error;
        }

        foreach (var fault in _cascades)
        {
            if (IsOnLostPart(fault, session, micros)) return ErrorKind.ServiceUnavailable;
        }

        foreach (var fault in _limits)
        {
            if (fault.Hits(session, request)) return ErrorKind.RateLimit;
        }

        return ErrorKind.None;
    }

    /// <summary>Added delay of an attempt on the network, which holds no server.</summary>
    /// <param name="session">Key of the session.</param>
    /// <param name="uniform">In (0, 1): where between the least and the largest delay it falls.</param>
    /// <returns>µs.</returns>
    public long DelayMicros(ulong session, double uniform)
    {
        var delay = 0.0;
        foreach (var fault in _delays)
        {
            var low = fault.Spec.MinDelayMilliseconds ?? 0;
            var high = fault.Spec.MaxDelayMilliseconds ?? low;
            if (fault.Hits(session)) delay += low + (uniform * (high - low));
        }

        return (long)(delay * 1000);
    }

    /// <summary>How long a user is kept from starting a session.</summary>
    /// <param name="user">Index of the user.</param>
    /// <returns>µs until it tries again, or 0 when it gets in.</returns>
    public long RefusalMicros(int user)
    {
        var longest = 0L;
        foreach (var fault in _refusals)
        {
            if (fault.Hits((ulong)user)) longest = Math.Max(longest, (long)(fault.Spec.RetryAfter ?? FaultSpec.DefaultRetryAfter).TotalMicroseconds);
        }

        return longest;
    }

    /// <summary>Share of the backend's capacity that is left.</summary>
    /// <param name="micros">When, µs since tick 0.</param>
    /// <returns>0 to 1.</returns>
    public double CapacityShare(long micros)
    {
        var share = 1.0;
        foreach (var fault in _all) share *= fault.CapacityAt(micros);
        return Math.Max(0, share);
    }

    private static bool IsOnLostPart(ActiveFault fault, ulong session, long micros)
    {
        var share = fault.Spec.AffectedPercentage / 100;
        var part = (int)(fault.Place(session) / share * ActiveFault.CascadeSteps);
        if (share <= 0 || part >= ActiveFault.CascadeSteps) return false;
        var lostAt = fault.StepMicros(part);
        return micros >= lostAt && micros < lostAt + ActiveFault.CascadeFailureMicros;
    }

    private ActiveFault[] Of(params FaultType[] types) => [.. _all.Where(fault => types.Contains(fault.Spec.Type))];
}
