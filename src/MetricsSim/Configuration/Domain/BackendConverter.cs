using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>backend</c>.</summary>
internal static class BackendConverter
{
    /// <summary>Converts it.</summary>
    public static BackendOptions Convert(BackendSection section, Report report)
    {
        CheckConcurrency(section, report);
        return new BackendOptions
        {
            Capacity = section.Capacity,
            Concurrency = section.Concurrency,
            ServiceTimeMedian = section.ServiceTime.Median.TotalSeconds,
            ServiceTimeSigma = section.ServiceTime.Sigma,
            Timeout = section.Timeout,
            MaxQueueDelay = section.MaxQueueDelay,
            Retries = section.Retries,
            RetryBackoff = section.RetryBackoff,
            ShedCost = section.ShedCost,
            BaseFailure = section.BaseFailure,
        };
    }

    private static void CheckConcurrency(BackendSection section, Report report)
    {
        if (section is not { Capacity: { } capacity, Concurrency: { } concurrency } || report.Failed("backend")) return;
        // A hair below the product is the product: 2 × 0.5 must not need two servers for one.
        var servers = Math.Ceiling((capacity * MeanServiceTime(section.ServiceTime)) - 1e-9);
        if (concurrency == servers) return;
        report.Error(
            "backend.concurrency",
            $"disagrees with backend.capacity {capacity}, which needs ⌈capacity × mean service time⌉ = {servers} servers; "
            + $"leave one of the two out, or give {servers}, got {concurrency}");
    }

    // The mean of a log-normal law.
    private static double MeanServiceTime(ServiceTimeSection law) => law.Median.TotalSeconds * Math.Exp(law.Sigma * law.Sigma / 2);
}
