using System.Diagnostics;

namespace MetricsSim.Benchmarks.Scrapes;

/// <summary>
/// What a scraper and its target see of a page: time to the first byte, time to the last, and the peak of the target's memory, over a
/// loopback socket whose reader shares the machine. Medians of several.
/// </summary>
internal static class PageMeasure
{
    private const int Scrapers = 10;

    /// <summary>
    /// Measures: <c>page SERIES LABELS [ROWS [SCRAPES]]</c> a synthetic page, with so many rows a metric, <c>page URL PID [SCRAPES]</c> that of
    /// a program that runs.
    /// </summary>
    /// <param name="args">What follows the word.</param>
    public static async Task RunAsync(string[] args)
    {
        if (args[0].StartsWith("http", StringComparison.Ordinal))
        {
            using var target = Process.GetProcessById(int.Parse(args[1]));
            await MeasureAsync(new Uri(args[0]), target, args.Length > 2 ? int.Parse(args[2]) : 5);
            return;
        }

        var (series, labels, rows) = (int.Parse(args[0]), int.Parse(args[1]), args.Length > 2 ? int.Parse(args[2]) : 10_000);
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["page-server", $"{series}", $"{labels}", $"{rows}"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var server = Process.Start(start)!;
        var port = int.Parse((await server.StandardOutput.ReadLineAsync())!);
        Console.WriteLine($"{series:N0} series, {labels} labels, {rows:N0} a metric; ready after {watch.Elapsed.TotalSeconds:F1} s");
        Console.WriteLine(await server.StandardOutput.ReadLineAsync());
        await MeasureAsync(new Uri($"http://127.0.0.1:{port}/metrics"), server, args.Length > 3 ? int.Parse(args[3]) : 5);
        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    private static async Task MeasureAsync(Uri url, Process target, int scrapes)
    {
        Console.WriteLine($"memory before: {PeakMegabytes(target):N0} MB");
        var size = await Scrape.SizeAsync(url, gzip: false);
        var unpacked = await Scrape.SizeAsync(url, gzip: true);
        Console.WriteLine($"page: {size.Bytes / 1e6:N1} MB, {size.Lines:N0} lines; unpacked from gzip: {unpacked.Bytes / 1e6:N1} MB, {unpacked.Lines:N0} lines");
        foreach (var gzip in new[] { false, true })
        {
            var cpu = target.TotalProcessorTime;
            var all = new List<Scrape>();
            for (var i = 0; i < scrapes; i++) all.Add(await Scrape.OfAsync(url, gzip));
            target.Refresh();
            Console.WriteLine(
                $"{(gzip ? "gzip" : "plain"),-5}  first byte {Median(all, one => one.FirstByte):F1} ms  whole {Median(all, one => one.Whole):F0} ms  "
                + $"{all[^1].Bytes / 1e6:N1} MB  CPU {(target.TotalProcessorTime - cpu).TotalMilliseconds / scrapes:F0} ms  peak so far {PeakMegabytes(target):N0} MB");
        }

        foreach (var gzip in new[] { false, true })
        {
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Scrapers).Select(_ => Task.Run(() => Scrape.OfAsync(url, gzip))));
            Console.WriteLine($"{Scrapers} at once, {(gzip ? "gzip" : "plain")}: {watch.Elapsed.TotalSeconds:F1} s  peak so far {PeakMegabytes(target):N0} MB");
        }
    }

    private static double Median(List<Scrape> scrapes, Func<Scrape, TimeSpan> of)
    {
        var sorted = scrapes.Select(of).Order().ToList();
        return sorted[sorted.Count / 2].TotalMilliseconds;
    }

    private static long PeakMegabytes(Process process) =>
        long.Parse(File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1000;
}
