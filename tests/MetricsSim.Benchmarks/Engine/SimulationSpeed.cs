using System.Diagnostics;
using MetricsSim.Analysis.Runs;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;

namespace MetricsSim.Benchmarks.Engine;

/// <summary>
/// How many seconds of how many users are simulated per second of a processor: whole plays of black_friday, recorded and audited as
/// <c>metricssim run</c> does it. Processor time says what the work costs even when other programs take their share of the machine.
/// </summary>
internal static class SimulationSpeed
{
    /// <summary>Plays and prints a table: <c>speed [USERS[,USERS…]] [PLAYS]</c>.</summary>
    /// <param name="args">What follows the word.</param>
    public static void Run(IReadOnlyList<string> args)
    {
        int[] sizes = [.. (args.Count > 0 ? args[0] : "100,10000").Split(',').Select(int.Parse)];
        var plays = args.Count > 1 ? int.Parse(args[1]) : 10;
        var world = ConfigLoader.Parse("", "defaults", [], []).Config!.World;
        Console.WriteLine("users  threads  requests     wall, ms (best, median)   CPU, ms (best)   user-seconds per CPU-second (best)");
        foreach (var users in sizes)
        {
            foreach (var threads in users <= UserBlockSize ? [1] : new[] { 1, Environment.ProcessorCount })
            {
                Measure(world with { Population = world.Population with { Total = users } }, threads, users > 1000 ? Math.Min(plays, 3) : plays);
            }
        }
    }

    // A population of one block has nothing to share among threads.
    private const int UserBlockSize = 1024;

    private static void Measure(WorldOptions options, int threads, int plays)
    {
        var start = new StartSimulation("black_friday");
        var (walls, cpus) = (new List<double>(), new List<double>());
        RecordedRun run = null!;
        for (var i = 0; i <= plays; i++)
        {
            GC.Collect();
            var (cpu, wall) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var lanes = ThreadLanes.For(threads);
            using (lanes as IDisposable) run = ScenarioPlayer.Play(options, start, lanes);
            // The first play compiles the code.
            if (i == 0) continue;
            walls.Add(wall.Elapsed.TotalMilliseconds);
            cpus.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        }

        walls.Sort();
        var userSeconds = options.Population.Total * run.Series.Duration.TotalSeconds;
        Console.WriteLine(
            $"{options.Population.Total,-6} {threads,-8} {run.Series.Requests[^1],-12:N0} {walls[0],-9:F0} {walls[walls.Count / 2],-15:F0} {cpus.Min(),-16:F0} {userSeconds / (cpus.Min() / 1000):N0}");
    }
}
