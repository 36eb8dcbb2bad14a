using MetricsSim.Core.Engine;

namespace MetricsSim.Analysis.Runs;

/// <summary>Fills a <see cref="RunSeries"/> from a world, one call at each sample boundary. Allocates nothing after it is made.</summary>
/// <param name="series">The columns to fill.</param>
/// <param name="boundaries">Boundaries that are filled already.</param>
public sealed class RunRecorder(RunSeries series, int boundaries = 0)
{
    private int _boundary = boundaries;

    /// <summary>What the world said last.</summary>
    public WorldReading Reading { get; } = new();

    /// <summary>Takes down the next boundary.</summary>
    /// <param name="world">The world, at a tick boundary.</param>
    /// <param name="losses">Losses of the published counters so far.</param>
    public void Record(World world, long losses)
    {
        world.Read(Reading);
        Record(Reading, losses);
    }

    /// <summary>Takes down the next boundary from what was read of the world there.</summary>
    /// <param name="reading">The world at a tick boundary.</param>
    /// <param name="losses">Losses of the published counters so far.</param>
    public void Record(WorldReading reading, long losses)
    {
        var i = _boundary++;
        series.Sessions[i] = reading.Sessions;
        series.EndedSessions[i] = reading.EndedSessions;
        series.FailedSessions[i] = reading.FailedSessions;
        series.EndedSessionMicros[i] = reading.EndedSessionMicros;
        series.Requests[i] = reading.Requests;
        series.GivenUp[i] = reading.GivenUp;
        series.Attempts[i] = reading.Attempts;
        series.Tokens[i] = reading.Tokens;
        series.NanoUsd[i] = reading.NanoUsd;
        series.Losses[i] = losses;
        for (var outcome = 0; outcome < series.Outcomes.Count; outcome++) series.Outcomes[outcome][i] = reading.Outcomes[outcome];
        reading.Durations.CopyTo(series.Durations, i * RunSeries.BucketCount);
        series.ActiveSessions[i] = reading.ActiveSessions;
        series.Capacity[i] = reading.Capacity;
        series.Utilization[i] = reading.Utilization;
        series.Wait[i] = reading.Wait;
        series.Backlog[i] = reading.Backlog;
        series.Load[i] = reading.Load;
        series.ActiveFaults[i] = reading.ActiveFaults;
        series.WorldFaults[i] = reading.WorldFaults;
        series.Up[i] = reading.Up ? 1 : 0;
        series.PageDelay[i] = reading.PageDelay;
        series.PageSamples[i] = reading.PageSamples;
        series.SessionsBeforeReset[i] = reading.SessionsBeforeReset;
        series.TokensBeforeReset[i] = reading.TokensBeforeReset;
    }
}
