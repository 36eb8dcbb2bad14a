using BenchmarkDotNet.Attributes;
using MetricsSim.Wire;

namespace MetricsSim.Benchmarks.Exposition;

/// <summary>
/// A scrape without network and compression: the whole page through a buffer of 64 KiB. The mean divided by <see cref="Series"/> is the cost
/// of a series; what is allocated is per scrape and must not grow with it.
/// </summary>
[Config(typeof(BenchmarkSettings))]
public class EncodeBenchmarks
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private PagePart[] _parts = [];

    /// <summary>Series on the page.</summary>
    [Params(1_000, 100_000, 1_000_000)]
    public int Series { get; set; }

    /// <summary>Labels of each series.</summary>
    [Params(2, 10)]
    public int Labels { get; set; }

    /// <summary>The format.</summary>
    [Params(ExpositionFormat.Text004, ExpositionFormat.OpenMetrics100, ExpositionFormat.Protobuf)]
    public ExpositionFormat Format { get; set; }

    /// <summary>Prepares the layout, which no scrape pays for.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _parts = [SyntheticPage.Create(Series, Labels, Format)];
        Console.WriteLine($"// page of {Encode():N0} bytes");
    }

    /// <summary>One scrape.</summary>
    [Benchmark]
    public long Encode()
    {
        var writer = new PageWriter(_parts);
        long bytes = 0;
        bool more;
        do
        {
            more = writer.Fill(_buffer, out var written);
            bytes += written;
        }
        while (more);
        return bytes;
    }
}
