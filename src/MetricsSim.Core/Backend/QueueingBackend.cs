using MetricsSim.Core.Engine;
using MetricsSim.Core.Numerics;

namespace MetricsSim.Core.Backend;

/// <summary>
/// A backend of finite capacity, design §3.4, stepped once a tick from the tick's offered attempts alone: whichever lanes or shards
/// made them, the state is the same. Below saturation the wait is the M/M/c mean with the Allen–Cunneen factor (1 + CV²)/2 for
/// log-normal service (Allen, Probability, Statistics and Queueing Theory, 1990, §5.2); above it a fluid backlog grows.
/// </summary>
public sealed partial class QueueingBackend
{
    /// <summary>The queueing formula is asked up to here; beyond it the backlog says how long the wait is.</summary>
    private const double MaxUtilization = 0.98;

    /// <summary>What fades away is gone at some point, before it is written as 1e-158 and counted with denormal numbers.</summary>
    private const double Gone = 1e-12;

    private readonly double _tickSeconds;
    private readonly double _smoothing;
    private readonly double _variability;
    private readonly double _shedCost;
    private readonly double _maxQueueDelay;

    /// <summary>Prepares an idle backend.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="users">Size of the population: capacity is 1.5 requests/s a user unless given.</param>
    /// <param name="tick">Length of a tick.</param>
    public QueueingBackend(BackendOptions options, int users, TimeSpan tick)
    {
        _tickSeconds = tick.TotalSeconds;
        var variance = options.ServiceTimeSigma * options.ServiceTimeSigma;
        MeanService = options.ServiceTimeMedian * PortableMath.Exp(0.5 * variance);
        NominalCapacity = options.Capacity ?? (options.Concurrency is { } given ? given / MeanService : 1.5 * users);
        // A hair above a whole number is that number, and nobody needs more servers than an int counts.
        Servers = options.Concurrency ?? (int)Math.Clamp(Math.Ceiling((NominalCapacity * MeanService) - 1e-9), 1, int.MaxValue);
        Capacity = NominalCapacity;
        _smoothing = 1 - PortableMath.Exp(-_tickSeconds / MeanService);
        // A log-normal has CV² = e^(σ²) − 1, so 1 + CV² = e^(σ²).
        _variability = 0.5 * PortableMath.Exp(variance);
        _shedCost = options.ShedCost;
        _maxQueueDelay = options.MaxQueueDelay.TotalSeconds;
    }

    /// <summary>Mean service time, seconds.</summary>
    public double MeanService { get; }

    /// <summary>Requests per second it can serve when nothing is broken.</summary>
    public double NominalCapacity { get; }

    /// <summary>Servers when nothing is broken.</summary>
    public int Servers { get; }

    /// <summary>Requests per second it can serve now.</summary>
    public double Capacity { get; private set; }

    /// <summary>Work that waits, in requests.</summary>
    public double Backlog { get; private set; }

    /// <summary>Offered load over nominal capacity, smoothed over one service time; above 1 in overload.</summary>
    public double OfferedRatio { get; private set; }

    /// <summary>Share of its servers that work, 0–1: those that the offered load keeps busy, and those that the backlog does.</summary>
    public double Utilization => Capacity > 0 ? Math.Min(1, ((OfferedRatio * NominalCapacity) + (Backlog / MeanService)) / Capacity) : 1;

    /// <summary>How long an attempt that arrives now waits for a server, seconds; +∞ while there is no capacity at all.</summary>
    public double Wait { get; private set; }

    /// <summary>Whether attempts that arrive now are shed.</summary>
    public bool Sheds => Wait > _maxQueueDelay;

    /// <summary>Attempts that arrived since tick 0, shed ones included.</summary>
    public long Attempts { get; private set; }

    /// <summary>Puts the backend into the steady state of an offered load, for a world that starts stationary.</summary>
    /// <param name="requestsPerSecond">The load.</param>
    public void StartAt(double requestsPerSecond)
    {
        OfferedRatio = requestsPerSecond / NominalCapacity;
        BeginTick(1);
    }

    /// <summary>Says what this tick's attempts meet.</summary>
    /// <param name="capacityShare">Share of the nominal capacity that is left, 0–1.</param>
    public void BeginTick(double capacityShare)
    {
        Capacity = NominalCapacity * capacityShare;
        if (Capacity <= 0)
        {
            Wait = double.PositiveInfinity;
            return;
        }

        var servers = Math.Max(1, (int)Math.Ceiling(Servers * capacityShare));
        var utilization = Math.Min(OfferedRatio / capacityShare, MaxUtilization);
        var wait = (ErlangC.MeanWait(servers, utilization) * MeanService * _variability) + (Backlog / Capacity);
        Wait = wait < Gone ? 0 : wait;
    }

    /// <summary>Takes in the tick's attempts and works for that long.</summary>
    /// <param name="admitted">Attempts that took their place in the queue.</param>
    /// <param name="shed">Attempts that were shed.</param>
    public void EndTick(long admitted, long shed)
    {
        Attempts += admitted + shed;
        var offered = (admitted + (_shedCost * shed)) / _tickSeconds;
        Backlog = Math.Max(0, Backlog + ((offered - Capacity) * _tickSeconds));
        OfferedRatio += _smoothing * ((offered / NominalCapacity) - OfferedRatio);
        if (OfferedRatio < Gone) OfferedRatio = 0;
    }
}
