using MetricsSim.Judging;
using MetricsSim.Prometheus;
using MetricsSim.Reports;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>Plays on a daemon what a command line asks for.</summary>
internal static class LiveExecution
{
    /// <summary>Plays and judges.</summary>
    /// <param name="invocation">A good command line.</param>
    /// <param name="flags">Its servers.</param>
    /// <param name="request">What to play.</param>
    /// <param name="stop">Interrupts it.</param>
    /// <returns>The runs.</returns>
    public static async Task<IReadOnlyList<JudgedRun>> RunAsync(Invocation invocation, LiveFlags flags, LiveRequest request, CancellationToken stop)
    {
        using var daemon = new DaemonClient(flags.Daemon(invocation.Parse), invocation.Terminal.Variable("METRICSSIM_API_KEY"));
        using var prometheus = new PrometheusClient(flags.Prometheus(invocation.Parse, invocation.Terminal)!);
        return await LiveProgress.WatchAsync(invocation, async (tell, progress) =>
        {
            var patience = new Patience(flags.Patience(invocation.Parse), TimeProvider.System, tell);
            var state = new DaemonState(daemon);
            var follower = new LiveFollower(state, patience, TimeProvider.System);
            var judge = new LiveJudge(prometheus, patience, TimeProvider.System);
            return await new LivePlayer(state, follower, judge, TimeProvider.System, tell).PlayAsync(request, progress, stop);
        });
    }

    /// <summary>Whether a failure is a server's, to be told in lines.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="code">What the program ends with.</param>
    /// <param name="lines">What to tell.</param>
    /// <returns>True if it is.</returns>
    public static bool Explains(Exception failure, out int code, out IReadOnlyList<string> lines)
    {
        (code, lines) = failure switch
        {
            CtlException refused => (refused.ExitCode, refused.Lines),
            NoHistoryException or PrometheusException or OutOfPatienceException => (ExitCodes.MissingDependency, [failure.Message]),
            _ => (0, Array.Empty<string>()),
        };
        return lines.Count > 0;
    }
}
