using System.Diagnostics;
using MetricsSim.Benchmarks.Scrapes;

namespace MetricsSim.Benchmarks.Peers;

/// <summary>
/// Another exporter and this one at the same series and labels, on one machine and in turns, so that whatever else the machine does hits
/// both: <c>peers URL [--command COMMAND | --pid PID] [--config FILE] [--rounds N]</c>. Without a configuration one is learned from the
/// peer's page. CPU and memory are those of the processes, the peer's if its command or pid is known.
/// </summary>
internal static class SideBySide
{
    private static readonly TimeSpan LeastRound = TimeSpan.FromSeconds(0.3);

    /// <summary>Measures and prints a table.</summary>
    /// <param name="args">What follows the word.</param>
    public static async Task RunAsync(IReadOnlyList<string> args)
    {
        var options = PeerOptions.Parse(args);
        using var own = new TemporaryConfig();
        await using var peer = options.Command is { } command
            ? await Exporter.StartAsync("peer", options.Url, "sh", ["-c", "exec " + command])
            : Exporter.Running("peer", options.Url, options.ProcessId);
        await using var ours = await Exporter.StartOursAsync(options.Config ?? await own.LearnAsync(options.Url));
        Exporter[] both = [peer, ours];
        PageShape[] pages = [await PageShape.ReadAsync(peer.Url), await PageShape.ReadAsync(ours.Url)];
        foreach (var gzip in new[] { false, true })
        {
            foreach (var exporter in both) await PlayAsync(exporter, gzip);
            List<Round>[] rounds = [[], []];
            for (var i = 0; i < options.Rounds; i++)
            {
                // Who goes first changes each time.
                foreach (var who in i % 2 == 0 ? new[] { 0, 1 } : [1, 0]) rounds[who].Add(await PlayAsync(both[who], gzip));
            }

            PeerTable.Print(gzip, both, pages, rounds);
        }
    }

    /// <summary>One scrape of a large page, or as many of a small one as take long enough for a processor's clock.</summary>
    private static async Task<Round> PlayAsync(Exporter exporter, bool gzip)
    {
        var scrapes = new List<Scrape>();
        var (cpu, watch) = (exporter.CpuTime, Stopwatch.StartNew());
        do scrapes.Add(await Scrape.OfAsync(exporter.Url, gzip));
        while (watch.Elapsed < LeastRound);
        return new Round(
            Median(scrapes.Select(scrape => scrape.FirstByte.TotalMilliseconds)),
            Median(scrapes.Select(scrape => scrape.Whole.TotalMilliseconds)),
            Median(scrapes.Select(scrape => (double)scrape.Bytes)),
            (exporter.CpuTime - cpu)?.TotalMilliseconds / scrapes.Count,
            exporter.ResidentBytes / 1e6);
    }

    /// <summary>The middle of some values, the lower one of two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }
}

/// <summary>What a round came to: medians of its scrapes.</summary>
/// <param name="FirstByte">Until the first bytes of the answer, ms.</param>
/// <param name="Whole">Until the last byte, ms.</param>
/// <param name="Bytes">Bytes of the answer, headers included.</param>
/// <param name="Cpu">Processor time of the exporter for one scrape, ms; null where its process is not known.</param>
/// <param name="Resident">Resident memory after it, MB; null where its process is not known.</param>
internal sealed record Round(double FirstByte, double Whole, double Bytes, double? Cpu, double? Resident);
