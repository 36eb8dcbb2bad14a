using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>A page read back holds the label sets and doubles that went in, in order, for both formats.</summary>
public sealed class RoundTripTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300).WithReplay(20_260_105, 11);

    [Fact]
    public void Label_sets_values_and_times_come_back()
    {
        Prop.ForAll(PageGenerator.Page.ToArbitrary(), page =>
        {
            var openMetrics = page.Format == ExpositionFormat.OpenMetrics100;
            var text = Encoding.UTF8.GetString(Pages.Bytes(page.Parts, page.Timestamps, page.ExtraSizes));
            var samples = new PageParser(text, openMetrics).Parse().Samples;
            var expected = page.Snapshots.SelectMany(snapshot => Expected(snapshot, page, openMetrics)).ToList();
            Assert.Equal(expected.Count, samples.Count);
            foreach (var (want, got) in expected.Zip(samples))
            {
                Assert.Equal(want.Name, got.Name);
                Assert.Equal(want.Labels, got.Labels);
                Assert.Equal(want.Milliseconds, got.Milliseconds);
                Assert.Equal(BitConverter.DoubleToInt64Bits(want.Value), BitConverter.DoubleToInt64Bits(got.Value));
            }
        }).Check(Fixed);
    }

    [Theory]
    [InlineData(ExpositionFormat.Text004)]
    [InlineData(ExpositionFormat.OpenMetrics100)]
    public void Help_comes_back(ExpositionFormat format)
    {
        const string Help = "A \\ backslash, \\n no line feed, a \"quote\",\na line feed, é.";
        var text = Pages.Write(format, new() { Name = "x", Help = Help, Type = MetricType.Gauge }, 1);
        var metadata = new PageParser(text, format == ExpositionFormat.OpenMetrics100).Parse().Metadata;
        Assert.Contains("HELP x " + Help, metadata);
    }

    private static IEnumerable<ParsedSample> Expected(Snapshot snapshot, RandomPage page, bool openMetrics)
    {
        long? time = page.Timestamps ? snapshot.UnixMilliseconds : null;
        foreach (var (f, family) in snapshot.Layout.Families.Index())
        {
            var column = snapshot.Columns[f];
            foreach (var (series, labels) in snapshot.RowsOf(f).SelectMany(row => family.Leaves.Select((leaf, i) => ((row.Row * family.Leaves.Count) + i, row.Labels.Concat(leaf).ToList()))))
            {
                var cells = column.AsSpan(series * family.Stride, family.Stride).ToArray();
                var counts = family.Type == MetricType.Histogram ? cells[..(family.Bounds.Count + 1)] : cells;
                if (family.HideUntouched && Array.TrueForAll(family.Type is MetricType.Histogram or MetricType.Summary ? cells[..^1] : cells, cell => cell == 0))
                {
                    continue;
                }

                var value = family.Divisor == 0 ? BitConverter.Int64BitsToDouble(cells[^1]) : (double)cells[^1] / family.Divisor;

                // All NaNs are one NaN to a reader, and zero has no sign where cells are integers.
                value = OneNaN(value);
                if (family.Type == MetricType.Histogram)
                {
                    long cumulated = 0;
                    for (var b = 0; b < counts.Length; b++)
                    {
                        cumulated += counts[b];
                        var bound = b < family.Bounds.Count ? family.Bounds[b] : double.PositiveInfinity;
                        var le = double.IsPositiveInfinity(bound) ? "+Inf" : bound.ToString("0.0##");
                        yield return new(family.Name + "_bucket", [.. labels, new("le", le)], cumulated, time);
                    }

                    yield return new(family.Name + "_sum", labels, value, time);
                    yield return new(family.Name + "_count", labels, cumulated, time);
                }
                else if (family.Type == MetricType.Summary)
                {
                    for (var q = 0; q < family.Quantiles.Count; q++)
                        yield return new(family.Name, [.. labels, new("quantile", family.Quantiles[q].ToString("0.0##"))], OneNaN(BitConverter.Int64BitsToDouble(cells[q])), time);
                    yield return new(family.Name + "_sum", labels, value, time);
                    yield return new(family.Name + "_count", labels, cells[^2], time);
                }
                else
                {
                    var suffix = family.Type switch { MetricType.Counter => "_total", MetricType.Info => "_info", _ => "" };
                    yield return new(family.Name + suffix, labels, family.Type == MetricType.Info ? 1 : value, time);
                }

                if (openMetrics && page.Created && family.HasCreated)
                {
                    yield return new(family.Name + "_created", labels, snapshot.CreatedUnixMilliseconds / 1000.0, time);
                }
            }
        }
    }

    private static double OneNaN(double value) => double.IsNaN(value) ? double.Parse("NaN") : value;
}
