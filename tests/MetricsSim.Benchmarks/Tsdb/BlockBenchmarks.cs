using BenchmarkDotNet.Attributes;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Benchmarks.Tsdb;

/// <summary>
/// A block of two hours of counters at 15 s, encoded and written to nowhere, on one core: the time is that of one sample. What is allocated
/// is per sample too; a block keeps its memory for the next one.
/// </summary>
[Config(typeof(BenchmarkSettings))]
public class BlockBenchmarks
{
    private const int Series = 10_000;
    private const int Samples = 480;
    private const int SamplesPerChunk = 120;
    private const long Start = 1_767_607_200_000;
    private const long Interval = 15_000;

    private readonly List<Snapshot[]> _chunks = [];
    private BlockEncoder _encoder = null!;

    /// <summary>Which share of the values differ from the one before, in percent.</summary>
    [Params(0, 10, 100)]
    public int Changing { get; set; }

    /// <summary>Makes the samples.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var rows = new FixedLabelRows([.. Enumerable.Range(0, Series).Select(i => (IReadOnlyList<Label>)[new("user_id", $"user_{i:0000}"), new("job", "metricssim")])]);
        var layout = new SeriesLayout([new MetricFamily { Name = "cost", Help = "", Type = MetricType.Counter, Rows = rows, Divisor = 1_000_000_000 }]);
        _encoder = new BlockEncoder(layout);
        var values = new long[Series];
        for (var i = 0; i < Samples; i++)
        {
            if (i % SamplesPerChunk == 0) _chunks.Add(new Snapshot[SamplesPerChunk]);
            for (var series = 0; series < Series; series++)
            {
                var draw = (((series * 480L) + i) * 2_654_435_761L) % 1_000_003;
                if (draw % 100 < Changing) values[series] += draw;
            }

            var snapshot = _chunks[^1][i % SamplesPerChunk] = new Snapshot(layout) { UnixMilliseconds = Start + (i * Interval) };
            values.CopyTo(snapshot.Columns[0], 0);
        }

        Console.WriteLine($"// {(double)Block() / Series / Samples:0.00} bytes a sample");
    }

    /// <summary>A block.</summary>
    [Benchmark(OperationsPerInvoke = Series * Samples)]
    public long Block()
    {
        foreach (var chunk in _chunks) _encoder.Add(chunk, chunk.Length);
        return _encoder.Write(_encoder.Describe(Start, Start + (Samples * Interval)), _ => Stream.Null);
    }
}
