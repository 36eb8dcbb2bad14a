using MetricsSim.Core.Engine;

namespace MetricsSim.Analysis.Runs;

/// <summary>Fills a <see cref="RunSeries"/> from a world, one call at each sample boundary. Allocates nothing after it is made.</summary>
/// <param name="series">The columns to fill.</param>
public sealed class RunRecorder(RunSeries series)
{
    private int _boundary;

    /// <summary>What the world said last.</summary>
    public WorldReading Reading { get; } = new();

    /// <summary>Takes down the next boundary.</summary>
    /// <param name="world">The world, at a tick boundary.</param>
    /// <param name="losses">Losses of the published counters so far.</param>
    public void Record(World world, long losses)
    {
        world.Read(Reading);
        var i = _boundary++;
        series.Sessions[i] = Reading.Sessions;
        series.EndedSessions[i] = Reading.EndedSessions;
        series.FailedSessions[i] = Reading.FailedSessions;
        series.EndedSessionMicros[i] = Reading.EndedSessionMicros;
        series.Requests[i] = Reading.Requests;
        series.GivenUp[i] = Reading.GivenUp;
        series.Attempts[i] = Reading.Attempts;
        series.Tokens[i] = Reading.Tokens;
        series.NanoUsd[i] = Reading.NanoUsd;
        series.Losses[i] = losses;
        for (var outcome = 0; outcome < series.Outcomes.Count; outcome++) series.Outcomes[outcome][i] = Reading.Outcomes[outcome];
        Reading.Durations.CopyTo(series.Durations, i * RunSeries.BucketCount);
        series.ActiveSessions[i] = Reading.ActiveSessions;
        series.Capacity[i] = Reading.Capacity;
        series.Utilization[i] = Reading.Utilization;
        series.Wait[i] = Reading.Wait;
        series.Backlog[i] = Reading.Backlog;
        series.Load[i] = Reading.Load;
        series.ActiveFaults[i] = Reading.ActiveFaults;
    }
}
