using BenchmarkDotNet.Attributes;
using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Benchmarks.Exposition;

/// <summary>Preparing a layout, once per configuration: every label set of an axis is encoded, in time and memory by rows and not by series.</summary>
[Config(typeof(BenchmarkSettings))]
public class LayoutBenchmarks
{
    /// <summary>Rows of the axis.</summary>
    [Params(10_000, 1_000_000)]
    public int Rows { get; set; }

    /// <summary>A layout with one family over a new axis of rows with two labels.</summary>
    [Benchmark]
    public PageLayout EncodeLabels()
    {
        var family = new MetricFamily { Name = "events", Help = "Events.", Type = MetricType.Counter, Rows = new UserRows(Rows) };
        return new PageLayout(new SeriesLayout([family]), ExpositionFormat.Text004);
    }

    private sealed class UserRows(int count) : LabelRows
    {
        public override int Count => count;

        public override IReadOnlyList<Label> Labels(int row) => [new("user_id", $"user_{row:000}"), new("user_type", "power")];
    }
}
