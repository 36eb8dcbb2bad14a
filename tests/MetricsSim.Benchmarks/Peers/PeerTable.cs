using System.Globalization;

namespace MetricsSim.Benchmarks.Peers;

/// <summary>The table of medians, and how many times ours the peer's are.</summary>
internal static class PeerTable
{
    private static readonly int[] Widths = [-12, 10, 8, 14, 16, 11, 10, 9];

    /// <summary>Prints it.</summary>
    /// <param name="gzip">Whether gzip was asked for.</param>
    /// <param name="exporters">The peer and ours.</param>
    /// <param name="pages">What their pages hold.</param>
    /// <param name="rounds">How they did.</param>
    public static void Print(bool gzip, Exporter[] exporters, PageShape[] pages, List<Round>[] rounds)
    {
        Console.WriteLine();
        Line(gzip ? "gzip" : "plain", "samples", "labels", "bytes", "first byte, ms", "page, ms", "CPU, ms", "RSS, MB");
        double?[][] medians = [.. rounds.Select(Medians)];
        for (var i = 0; i < exporters.Length; i++)
        {
            var (page, of) = (pages[i], medians[i]);
            Line(exporters[i].Name, $"{page.Samples:N0}", $"{(double)page.Labels / page.Samples:F1}", $"{of[2]:N0}", Number(of[0]), Number(of[1]), Number(of[3]), Number(of[4]));
        }

        string[] ratios = [.. medians[0].Zip(medians[1], Ratio)];
        Line("peer / ours", Ratio(pages[0].Samples, pages[1].Samples), "", ratios[2], ratios[0], ratios[1], ratios[3], ratios[4]);
    }

    private static double?[] Medians(List<Round> rounds) =>
        [.. new Func<Round, double?>[] { round => round.FirstByte, round => round.Whole, round => round.Bytes, round => round.Cpu, round => round.Resident }.Select(of => Median(rounds, of))];

    private static double? Median(List<Round> rounds, Func<Round, double?> of) =>
        rounds.Exists(round => of(round) is null) ? null : SideBySide.Median(rounds.Select(round => of(round)!.Value));

    private static void Line(params string[] cells) =>
        Console.WriteLine(string.Concat(cells.Zip(Widths, (cell, width) => width < 0 ? cell.PadRight(-width) : cell.PadLeft(width))));

    private static string Number(double? value) => value?.ToString(value < 10 ? "F2" : "N0", CultureInfo.InvariantCulture) ?? "?";

    private static string Ratio(double? peer, double? ours) => (peer / ours)?.ToString("F2", CultureInfo.InvariantCulture) ?? "?";
}
