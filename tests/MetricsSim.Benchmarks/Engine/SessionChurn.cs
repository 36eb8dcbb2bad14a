using System.Diagnostics;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Benchmarks.Engine;

/// <summary>What series by session cost over days: memory, which should stay flat, and the processor time of a day.</summary>
internal static class SessionChurn
{
    /// <summary>Plays and prints a table, a line per quarter of a day: <c>churn [USERS] [DAYS]</c>.</summary>
    /// <param name="args">What follows the word.</param>
    public static void Run(IReadOnlyList<string> args)
    {
        var (users, days) = (args.Count > 0 ? int.Parse(args[0]) : 1000, args.Count > 1 ? int.Parse(args[1]) : 2);
        var options = Worlds.Of(users);
        options = options with { Telemetry = options.Telemetry with { Labels = options.Telemetry.Labels with { SessionId = true } } };
        var (world, forecast) = (new World(options), new SeriesForecast(options));
        var snapshot = new Snapshot(world.Layout);
        var page = new PageLayout(world.Layout, ExpositionFormat.OpenMetrics100);
        Console.WriteLine("hour  sessions with series  forecast  created so far  series on the page  heap, MB  copy, ms  CPU of 6 h, s");
        for (var quarter = 1; quarter <= 4 * days; quarter++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            world.Step(6 * 3600);
            var spent = Environment.CpuUsage.TotalTime - cpu;
            world.CopyTo(snapshot);
            var copy = Stopwatch.StartNew();
            world.CopyTo(snapshot);
            copy.Stop();
            var writer = new PageWriter([new PagePart(page, snapshot)]);
            var buffer = new byte[writer.MinimumBuffer + (64 << 10)];
            while (writer.Fill(buffer, out _))
            {
            }

            Console.WriteLine(
                $"{6 * quarter,-5} {world.SessionRows,-21:N0} {forecast.SessionsAt(TimeSpan.FromHours(6 * quarter)),-9:N0} {world.SessionRowsCreated,-15:N0} {forecast.Lasting + (forecast.PerSession * world.SessionRows),-19:N0} {GC.GetTotalMemory(forceFullCollection: true) / 1e6,-9:F1} {copy.Elapsed.TotalMilliseconds,-9:F2} {spent.TotalSeconds:F2}");
        }
    }
}
