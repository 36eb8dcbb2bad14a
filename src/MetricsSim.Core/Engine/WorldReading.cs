using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <summary>
/// The world as a whole at a tick boundary, for whoever records a run: filled by <see cref="World.Read"/> without allocating.
/// Totals count from tick 0.
/// </summary>
public sealed class WorldReading
{
    /// <summary>Ticks stepped so far.</summary>
    public long Tick { get; internal set; }

    /// <summary>Sessions started.</summary>
    public long Sessions { get; internal set; }

    /// <summary>Sessions ended.</summary>
    public long EndedSessions { get; internal set; }

    /// <summary>Sessions ended as failed.</summary>
    public long FailedSessions { get; internal set; }

    /// <summary>Sum of the ended sessions' lengths, µs.</summary>
    public long EndedSessionMicros { get; internal set; }

    /// <summary>API requests ended, given-up ones included.</summary>
    public long Requests { get; internal set; }

    /// <summary>API requests given up.</summary>
    public long GivenUp { get; internal set; }

    /// <summary>Attempts that reached the backend, shed ones included.</summary>
    public long Attempts { get; internal set; }

    /// <summary>Tokens of all types.</summary>
    public long Tokens { get; internal set; }

    /// <summary>Cost, nano-USD.</summary>
    public long NanoUsd { get; internal set; }

    /// <summary>Sessions in progress.</summary>
    public long ActiveSessions { get; internal set; }

    /// <summary>Factor on arrivals from scenarios.</summary>
    public double Load { get; internal set; }

    /// <summary>Faults in force.</summary>
    public int ActiveFaults { get; internal set; }

    /// <summary>Those of them that break the world rather than its telemetry.</summary>
    public int WorldFaults { get; internal set; }

    /// <summary>Whether a scrape gets a page.</summary>
    public bool Up { get; internal set; }

    /// <summary>How long after a scrape the page begins, seconds.</summary>
    public double PageDelay { get; internal set; }

    /// <summary>
    /// Samples on a page in OpenMetrics, those of series that are hidden by a quirk or until their first event included, those of the
    /// running process not; 0 without a page.
    /// </summary>
    public long PageSamples { get; internal set; }

    /// <summary>Sessions that published counters no longer show since they were reset.</summary>
    public long SessionsBeforeReset { get; internal set; }

    /// <summary>Tokens that published counters no longer show since they were reset.</summary>
    public long TokensBeforeReset { get; internal set; }

    /// <summary>Sessions counted by series of sessions that are gone, since counters were reset.</summary>
    public long VanishedSessions { get; internal set; }

    /// <summary>Ended sessions counted by series of sessions that are gone, since counters were reset.</summary>
    public long VanishedEndedSessions { get; internal set; }

    /// <summary>Tokens counted by series of sessions that are gone, since counters were reset.</summary>
    public long VanishedTokens { get; internal set; }

    /// <summary>Cost counted by series of sessions that are gone, since counters were reset, nano-USD.</summary>
    public long VanishedNanoUsd { get; internal set; }

    /// <summary>Requests per second the backend can serve now.</summary>
    public double Capacity { get; internal set; }

    /// <summary>Share of the backend's servers that work, 0–1.</summary>
    public double Utilization { get; internal set; }

    /// <summary>How long an attempt that arrives now waits for a server, seconds; +∞ without any capacity.</summary>
    public double Wait { get; internal set; }

    /// <summary>Work that waits for the backend, in requests.</summary>
    public double Backlog { get; internal set; }

    /// <summary>Requests ended by outcome, in the order of <see cref="PopulationFamilies.RequestOutcomes"/>.</summary>
    public long[] Outcomes { get; } = new long[PopulationFamilies.RequestOutcomes.Count];

    /// <summary>Successful requests by bucket of <see cref="Buckets.RequestDuration"/>, each bucket's own, the last one above all bounds.</summary>
    public long[] Durations { get; } = new long[Buckets.RequestDuration.Bounds.Count + 1];
}

/// <content>What a recorder reads.</content>
public sealed partial class World
{
    /// <summary>Reads the world as a whole, at the present tick boundary. Allocates nothing.</summary>
    /// <param name="reading">Takes the numbers.</param>
    public void Read(WorldReading reading)
    {
        reading.Tick = Tick;
        reading.Sessions = reading.EndedSessions = reading.FailedSessions = reading.EndedSessionMicros = 0;
        reading.Requests = reading.GivenUp = reading.Tokens = reading.NanoUsd = 0;
        Array.Clear(reading.Outcomes);
        Array.Clear(reading.Durations);
        foreach (var lane in _recorders)
        {
            reading.Sessions += lane.TotalSessions;
            reading.EndedSessions += lane.EndedSessions;
            reading.FailedSessions += lane.FailedSessions;
            reading.EndedSessionMicros += lane.EndedSessionMicros;
            reading.Requests += lane.TotalRequests;
            reading.GivenUp += lane.TotalGivenUp;
            reading.Tokens += lane.TotalTokens;
            reading.NanoUsd += lane.TotalNanoUsd;
            ReadRequests(lane.Columns[_families.RequestDuration], reading);
        }

        reading.ActiveSessions = 0;
        foreach (var block in _blocks) reading.ActiveSessions += Sum(block.Active);
        reading.Load = _simulations.Load;
        reading.ActiveFaults = _simulations.Faults.All.Count;
        ReadTelemetry(reading);
        reading.Attempts = _backend.Attempts;
        reading.Capacity = _backend.Capacity;
        reading.Utilization = _backend.Utilization;
        reading.Wait = _backend.Wait;
        reading.Backlog = _backend.Backlog;
    }

    private static void ReadRequests(ReadOnlySpan<long> column, WorldReading reading)
    {
        var buckets = reading.Durations.Length;
        for (var bucket = 0; bucket < buckets; bucket++) reading.Durations[bucket] += column[bucket];
        for (var outcome = 0; outcome < reading.Outcomes.Length; outcome++)
            reading.Outcomes[outcome] += Sum(column.Slice(outcome * (buckets + 1), buckets));
    }
}
