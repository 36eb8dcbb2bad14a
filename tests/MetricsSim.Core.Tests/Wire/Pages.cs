using System.Text;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>Short ways to write pages in tests.</summary>
internal static class Pages
{
    public static Snapshot Snapshot(SeriesLayout layout, params long[][] columns)
    {
        var snapshot = new Snapshot(layout) { Tick = 7200, UnixMilliseconds = 1_767_607_200_123, CreatedUnixMilliseconds = 1_767_603_600_000 };
        for (var i = 0; i < columns.Length; i++)
        {
            Assert.Equal(snapshot.Columns[i].Length, columns[i].Length);
            columns[i].CopyTo(snapshot.Columns[i], 0);
        }

        return snapshot;
    }

    public static string Write(ExpositionFormat format, MetricFamily family, params long[] column)
    {
        var layout = new SeriesLayout([family]);
        return Write([new(new PageLayout(layout, format), Snapshot(layout, column))]);
    }

    /// <summary>What a world's page in OpenMetrics says.</summary>
    public static ParsedPage Parse(World world) =>
        new PageParser(Write([new(new PageLayout(world.Layout, ExpositionFormat.OpenMetrics100), SnapshotView.Of(world).Snapshot)]), openMetrics: true).Parse();

    public static string Write(IReadOnlyList<PagePart> parts, bool timestamps = false) => Encoding.UTF8.GetString(Bytes(parts, timestamps));

    /// <summary>The whole page, through buffers of the smallest size plus each of the given extra sizes in turn.</summary>
    public static byte[] Bytes(IReadOnlyList<PagePart> parts, bool timestamps = false, params int[] extraSizes)
    {
        var writer = new PageWriter(parts, timestamps);
        using var page = new MemoryStream();
        for (var call = 0; ; call++)
        {
            var extra = extraSizes.Length == 0 ? 4096 : extraSizes[call % extraSizes.Length];
            var buffer = new byte[writer.MinimumBuffer + extra];
            var more = writer.Fill(buffer, out var written);
            Assert.True(written > 0 || !more, "No progress.");
            page.Write(buffer, 0, written);
            if (!more)
            {
                return page.ToArray();
            }

            Assert.True(parts[0].Layout.Format == ExpositionFormat.Protobuf || buffer[written - 1] == '\n', "A line was cut.");
        }
    }
}
