using MetricsSim.Cli;

namespace MetricsSim.Learning;

/// <summary>Learns from a page, read once or several times.</summary>
internal static class PageLearning
{
    /// <summary>Learns.</summary>
    /// <param name="request">The page.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="tell">Told in a few words how far it is.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What was learned.</returns>
    /// <exception cref="LearnException">The page can't be had, or is none.</exception>
    public static async Task<LearnedConfig> LearnAsync(PageRequest request, Stream input, TimeProvider clock, Action<string> tell, CancellationToken stop)
    {
        using var fetch = new PageFetch(request.Location, input, request.Limits);
        var profiler = new PageProfiler(new KeptText());
        using var timer = request.Reads > 1 ? new PeriodicTimer(request.Interval, clock) : null;
        var readAt = clock.GetUtcNow();
        for (var read = 0; read < request.Reads; read++)
        {
            if (read > 0) await timer!.WaitForNextTickAsync(stop);
            readAt = fetch.TimeOf(clock.GetUtcNow());
            profiler.BeginRead(Seconds(readAt));
            var part = request.Reads > 1 ? $"read {read + 1} of {request.Reads}: " : "";
            await fetch.ReadAsync(profiler, page => tell($"{part}{page.Bytes / 1e6:N1} MB, {page.Families:N0} metric families, {page.Samples:N0} samples"), stop);
        }

        var learner = new GroupLearner(new CounterAge(profiler.Families, Seconds(readAt), request.Uptime));
        return learner.Of(request.Location.Shown, profiler.Families);
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
