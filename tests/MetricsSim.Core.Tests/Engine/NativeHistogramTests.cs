using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Checkpoints;
using MetricsSim.Core.Tests.Wire;
using MetricsSim.Core.Tests.Wire.Protobuf;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>Native buckets count what the classic ones count.</summary>
public sealed class NativeHistogramTests
{
    private const int Ticks = 900;

    private static readonly string[] Names =
        ["otel_claude_code_session_duration_seconds", "gen_ai_client_operation_duration_seconds", "gen_ai_client_token_usage", "metricssim_request_duration_seconds"];

    [Fact]
    public void Both_kinds_count_the_same_observations()
    {
        var page = Play(HistogramKinds.Both);
        foreach (var name in Names)
        {
            var family = page.Family(name);
            var classic = family.Bounds.Count + 1;
            var series = page.Series(name).Where(series => series.Cells[..classic].Sum() > 0).ToList();
            Assert.NotEmpty(series);
            Assert.All(series, one => Assert.Equal(one.Cells[..classic].Sum(), Sum(family.NativeCells(one.Cells))));
        }
    }

    [Fact]
    public void Bounds_that_both_kinds_have_divide_the_observations_alike()
    {
        // Those of token usage are powers of 4: every 16th bucket of schema 3 ends at one.
        var page = Play(HistogramKinds.Both);
        var family = page.Family("gen_ai_client_token_usage");
        foreach (var (_, cells) in page.Series(family.Name))
        {
            for (var bound = 0; bound < family.Bounds.Count - 1; bound++)
            {
                var native = family.NativeCells(cells);
                Assert.Equal(cells[..(bound + 1)].Sum(), Sum(native[..(1 + (16 * bound) - family.Native!.FirstIndex + 1)]));
            }
        }
    }

    [Fact]
    public void Classic_cells_are_those_of_a_world_without_native_ones()
    {
        var (classic, both) = (Play(HistogramKinds.Classic), Play(HistogramKinds.Both));
        foreach (var name in Names)
        {
            var bounds = both.Family(name).Bounds.Count;
            Assert.Null(classic.Family(name).Native);
            Assert.Equal(bounds + 2, classic.Family(name).Stride);
            Assert.Equal(
                classic.Series(name).Select(series => string.Join(' ', series.Cells)),
                both.Series(name).Select(series => string.Join(' ', series.Cells[..(bounds + 1)].Append(series.Cells[^1]))));
        }
    }

    [Fact]
    public void Lanes_and_a_restored_state_count_them_alike()
    {
        var options = Options(HistogramKinds.Native);
        var world = new World(options, new ThreadedLanes(3));
        world.Step(Ticks / 2);
        var restored = SavedWorlds.Restored(options, SavedWorlds.Saved(world), new ReversedLanes(2));
        restored.Step(Ticks - (Ticks / 2));
        Assert.Equal(Play(HistogramKinds.Native).Hash(), SnapshotView.Of(restored).Hash());
    }

    [Theory]
    [InlineData(HistogramKinds.Classic)]
    [InlineData(HistogramKinds.Native)]
    [InlineData(HistogramKinds.Both)]
    public void Protobuf_shows_what_is_asked_for_and_text_what_it_can(HistogramKinds kinds)
    {
        var page = Play(kinds);
        var families = ProtobufReader.Read(Pages.Bytes([new(new PageLayout(page.Snapshot.Layout, ExpositionFormat.Protobuf), page.Snapshot)]));
        foreach (var name in Names)
        {
            var family = page.Family(name);
            foreach (var (metric, (_, cells)) in families.Single(one => one.Name == name).Metric.Zip(page.Series(name)))
            {
                var histogram = metric.Histogram;
                Assert.Equal(kinds == HistogramKinds.Native ? 0 : family.Bounds.Count, histogram.Bucket.Count);
                Assert.Equal((ulong)cells[..(family.Bounds.Count + 1)].Sum(), histogram.SampleCount);
                Assert.Equal(kinds != HistogramKinds.Classic, histogram.HasSchema);
                if (kinds == HistogramKinds.Classic) continue;
                Assert.Equal((3, family.Native!.ZeroThreshold, (ulong)family.NativeCells(cells)[0]), (histogram.Schema, histogram.ZeroThreshold, histogram.ZeroCount));
                var decoded = new long[family.Native.Cells];
                decoded[0] = (long)histogram.ZeroCount;
                var (index, count, delta) = (0, 0L, 0);
                foreach (var span in histogram.PositiveSpan)
                {
                    index += span.Offset;
                    for (var i = 0; i < span.Length; i++) decoded[index++ - family.Native.FirstIndex + 1] = count += histogram.PositiveDelta[delta++];
                }

                Assert.Equal(histogram.PositiveDelta.Count, delta);
                Assert.Equal(family.NativeCells(cells).ToArray(), decoded);
            }
        }

        var classic = Play(HistogramKinds.Classic);
        Assert.Equal(Text(classic), Text(page));
    }

    private static string Text(SnapshotView page) => Pages.Write([new(new PageLayout(page.Snapshot.Layout, ExpositionFormat.OpenMetrics100), page.Snapshot)]);

    private static SnapshotView Play(HistogramKinds kinds)
    {
        var world = new World(Options(kinds));
        world.Step(Ticks);
        return SnapshotView.Of(world);
    }

    private static WorldOptions Options(HistogramKinds kinds) =>
        TestWorlds.Flat(40) with { Telemetry = new() { Histograms = kinds } };

    private static long Sum(ReadOnlySpan<long> cells)
    {
        var sum = 0L;
        foreach (var cell in cells) sum += cell;
        return sum;
    }
}
