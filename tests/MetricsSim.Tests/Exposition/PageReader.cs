using System.Globalization;
using Xunit;

namespace MetricsSim.Tests.Exposition;

/// <summary>A small parser of pages: sample names with labels as they are written, and values.</summary>
internal static class PageReader
{
    /// <summary>Reads the samples of a page in either format.</summary>
    public static Dictionary<string, double> Read(string page)
    {
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#') continue;
            int space = line.LastIndexOf(' ');
            samples.Add(line[..space], Number(line[(space + 1)..]));
        }

        return samples;
    }

    /// <summary>The page without what describes the process.</summary>
    public static string WithoutRuntime(string page) =>
        string.Join('\n', page.Split('\n').Where(line => !line.Contains("metricssim_runtime_", StringComparison.Ordinal)));

    /// <summary>Checks that every histogram's buckets rise and end in its count; says how many there were.</summary>
    public static int CheckHistograms(string page)
    {
        Dictionary<string, double> samples = Read(page);
        int histograms = 0;
        string? series = null;
        double last = 0;
        foreach ((string name, double value) in samples)
        {
            int le = name.IndexOf("le=\"", StringComparison.Ordinal);
            if (!name.Contains("_bucket{", StringComparison.Ordinal) || le < 0) continue;
            string owner = name[..le];
            if (owner != series) (series, last) = (owner, 0);
            Assert.True(value >= last, $"{name} falls from {last} to {value}");
            last = value;
            if (!name[le..].StartsWith("le=\"+Inf\"", StringComparison.Ordinal)) continue;
            string count = owner.Replace("_bucket{", "_count{", StringComparison.Ordinal).TrimEnd(',') + "}";
            Assert.Equal(value, samples[count.Replace("{}", "", StringComparison.Ordinal)]);
            histograms++;
        }

        return histograms;
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
