namespace MetricsSim.Core.Tests.Backend;

/// <summary>A first-come first-served queue before c servers, played event by event: arrivals are Poisson, services as given.</summary>
internal static class ReferenceQueue
{
    /// <summary>Mean wait of all arrivals after the first tenth.</summary>
    public static double MeanWait(int servers, double arrivalsPerSecond, Func<Random, double> service, int arrivals, int seed)
    {
        var random = new Random(seed);
        var free = new PriorityQueue<int, double>();
        for (var server = 0; server < servers; server++) free.Enqueue(server, 0);
        var (now, sum, counted) = (0.0, 0.0, 0);
        for (var i = 0; i < arrivals; i++)
        {
            now += -Math.Log(1 - random.NextDouble()) / arrivalsPerSecond;
            free.TryDequeue(out var server, out var freeAt);
            var begins = Math.Max(now, freeAt);
            free.Enqueue(server, begins + service(random));
            if (i < arrivals / 10) continue;
            sum += begins - now;
            counted++;
        }

        return sum / counted;
    }
}
