using System.Net;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>Follows simulations on a daemon until all of them have ended, through its absences.</summary>
/// <param name="daemon">The daemon.</param>
/// <param name="patience">Waits for one that is away.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveFollower(DaemonState daemon, Patience patience, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private long _tick;

    /// <summary>Follows them.</summary>
    /// <param name="simulations">What was started.</param>
    /// <param name="progress">Told how each one is, and how the clock runs.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CtlException">The daemon has lost one.</exception>
    /// <exception cref="OutOfPatienceException">The daemon stays away.</exception>
    public async Task UntilEndedAsync(IReadOnlyList<LiveSimulation> simulations, Action<LiveSimulation, DaemonClock> progress, CancellationToken stop)
    {
        while (true)
        {
            foreach (var simulation in simulations.Where(simulation => !simulation.Ended))
            {
                var (latest, clock) = await PatientAsync(given => LookAsync(simulation, given), stop);
                simulation.Latest = latest;
                progress(simulation, clock);
            }

            if (simulations.All(simulation => simulation.Ended)) return;
            await Task.Delay(Pause, time, stop);
        }
    }

    /// <summary>Asks the daemon, and again while it is away.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="attempt">Asks.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    public Task<T> PatientAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken stop) =>
        patience.TryAsync(attempt, e => e is CtlException { IsTransient: true }, stop);

    private async Task<(DaemonSimulation Latest, DaemonClock Clock)> LookAsync(LiveSimulation simulation, CancellationToken stop)
    {
        var id = simulation.Run.SimulationId;
        try
        {
            // A restarted daemon may give a simulation of its own the same id, but its clock is behind.
            var clock = await daemon.ClockAsync(stop);
            if (clock.Tick < _tick) throw Lost(id);
            _tick = clock.Tick;
            var latest = await daemon.SimulationAsync(id, stop);
            return latest.StartedAt == simulation.Run.StartedAt ? (latest, clock) : throw Lost(id);
        }
        catch (CtlException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw Lost(id);
        }
    }

    private CtlException Lost(string id) => new(
        ExitCodes.MissingDependency, [$"the daemon at {daemon.Url} no longer knows simulation {id}: it was restarted, and the run is lost"])
    { IsFinal = true };
}
