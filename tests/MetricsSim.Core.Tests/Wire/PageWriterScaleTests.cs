using System.Security.Cryptography;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>What a page costs and that it may be written many times at once.</summary>
public sealed class PageWriterScaleTests
{
    [Theory]
    [InlineData(ExpositionFormat.Text004)]
    [InlineData(ExpositionFormat.OpenMetrics100)]
    [InlineData(ExpositionFormat.Protobuf)]
    public void A_scrape_allocates_the_same_for_a_hundred_and_a_hundred_thousand_series(ExpositionFormat format)
    {
        var (few, many) = (Part(25, format), Part(25_000, format));
        var buffer = new byte[64 * 1024];
        Allocated(few, buffer);
        Allocated(many, buffer);
        Assert.Equal(Allocated(few, buffer), Allocated(many, buffer));
        Assert.InRange(Allocated(many, buffer), 1, 4096);
    }

    [Fact]
    public async Task Writers_that_share_a_layout_write_the_same_bytes()
    {
        var part = Part(5_000, ExpositionFormat.OpenMetrics100);
        var expected = SHA256.HashData(Pages.Bytes([part], timestamps: true));
        using var together = new Barrier(4);
        var hashes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait(TimeSpan.FromSeconds(30));
                return SHA256.HashData(Pages.Bytes([part], timestamps: true, extraSizes: [i * 100]));
            },
            TaskCreationOptions.LongRunning)));
        Assert.All(hashes, hash => Assert.Equal(expected, hash));
    }

    /// <summary>Counters, doubles, decimals and a histogram: four times as many series as rows.</summary>
    private static PagePart Part(int rows, ExpositionFormat format)
    {
        var users = new FixedLabelRows([.. Enumerable.Range(0, rows).Select(IReadOnlyList<Label> (i) => [new("user_id", $"user_{i:000}")])]);
        var counter = new MetricFamily { Name = "a", Help = "A.", Type = MetricType.Counter, Rows = users };
        var layout = new SeriesLayout(
        [
            counter,
            counter with { Name = "b", Type = MetricType.Gauge, Divisor = 0 },
            counter with { Name = "c", Divisor = 1_000_000_000 },
            counter with { Name = "d", Type = MetricType.Histogram, Bounds = [1, 2, 3], Divisor = 1_000_000 },
        ]);
        var snapshot = new Snapshot(layout) { UnixMilliseconds = 1_767_607_200_123, CreatedUnixMilliseconds = 1_767_603_600_000 };
        foreach (var column in snapshot.Columns)
        {
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = i * 7919L;
            }
        }

        return new(new PageLayout(layout, format, created: true), snapshot);
    }

    private static long Allocated(PagePart part, byte[] buffer)
    {
        PagePart[] parts = [part];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var writer = new PageWriter(parts, timestamps: true);
        while (writer.Fill(buffer, out _))
        {
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
