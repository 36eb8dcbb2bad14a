using System.Globalization;
using System.Text.RegularExpressions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Checkpoints;
using MetricsSim.Core.Tests.Wire;
using MetricsSim.Core.Tests.Wire.Protobuf;
using MetricsSim.Wire;
using Xunit;
using Schema = MetricsSim.Core.Tests.Wire.Protobuf.Schema;

namespace MetricsSim.Core.Tests.Engine;

public sealed partial class ExemplarTests
{
    private const int Ticks = 600;

    [Fact]
    public void Each_bucket_that_counted_has_one_that_lies_in_it()
    {
        var snapshot = Play(Options()).Snapshot;
        var families = snapshot.Layout.Families;
        Assert.Equal(
            ["gen_ai_client_operation_duration_seconds", "metricssim_request_duration_seconds", "otel_claude_code_cost_usage_USD", "otel_claude_code_error", "otel_claude_code_token_usage_tokens"],
            families.Where(family => family.HasExemplars).Select(family => family.Name).Order(StringComparer.Ordinal));
        var seen = 0;
        for (var f = 0; f < families.Count; f++)
        {
            var family = families[f];
            for (var series = 0; family.HasExemplars && series < family.SeriesCount; series++)
            {
                for (var slot = 0; slot < family.ExemplarsPerSeries; slot++)
                {
                    var exemplar = snapshot.Exemplars[f][(series * family.ExemplarsPerSeries) + slot];
                    var count = snapshot.Columns[f][(series * family.Stride) + slot];
                    // Errors of tools are not those of requests.
                    if (!family.Name.EndsWith("error", StringComparison.Ordinal)) Assert.Equal(count > 0, exemplar.IsPresent);
                    if (!exemplar.IsPresent) continue;
                    seen++;
                    Assert.InRange(exemplar.At, snapshot.UnixMilliseconds - (Ticks * 1000), snapshot.UnixMilliseconds);
                    if (family.Type == MetricType.Counter)
                    {
                        Assert.InRange(exemplar.Value, 0, count);
                        continue;
                    }

                    var value = exemplar.Value / (double)family.Divisor;
                    Assert.InRange(value, slot == 0 ? 0 : family.Bounds[slot - 1], slot < family.Bounds.Count ? family.Bounds[slot] : double.MaxValue);
                }
            }
        }

        Assert.True(seen > 100, $"{seen} exemplars");
    }

    [Fact]
    public void They_change_nothing_else()
    {
        var off = Options() with { Telemetry = new() };
        Assert.Equal(Play(off).Hash(), Play(Options()).Hash());
        Assert.All(Play(off).Snapshot.Exemplars, Assert.Empty);
        Assert.Equal(Bare(Text(Play(off).Snapshot)), Bare(Text(Play(Options()).Snapshot)));
        Assert.DoesNotContain("trace_id", Pages.Write([Part(ExpositionFormat.Text004)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Lanes_and_a_restored_state_tell_the_same()
    {
        var expected = Text(Play(Options()).Snapshot);
        var world = new World(Options(), new ThreadedLanes(3));
        world.Step(Ticks / 2);
        var restored = SavedWorlds.Restored(Options(), SavedWorlds.Saved(world), new ReversedLanes(2));
        restored.Step(Ticks - (Ticks / 2));
        Assert.Equal(expected, Text(SnapshotView.Of(restored).Snapshot));
        Assert.NotEqual(expected, Text(Play(Options() with { Seed = 43 }).Snapshot));
    }

    [Fact]
    public void A_counter_reset_forgets_them()
    {
        var world = new World(Options());
        world.Step(Ticks);
        world.Apply(new AddFault(new() { Type = FaultType.CounterReset }, null));
        Assert.DoesNotContain("trace_id", Text(SnapshotView.Of(world).Snapshot), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HistogramKinds.Classic)]
    [InlineData(HistogramKinds.Native)]
    public void Protobuf_tells_those_of_OpenMetrics(HistogramKinds kinds)
    {
        var snapshot = Play(Options() with { Telemetry = new() { Exemplars = true, Created = true, Histograms = kinds } }).Snapshot;
        var text = Line().Matches(Text(snapshot)).Select(match =>
            (match.Groups["name"].Value, match.Groups["trace"].Value, Number(match.Groups["value"]), Number(match.Groups["time"])));
        var families = ProtobufReader.Read(Pages.Bytes([new(new PageLayout(snapshot.Layout, ExpositionFormat.Protobuf, created: true), snapshot)], extraSizes: [0, 999]));
        var binary = families.SelectMany(family => family.Metric.SelectMany(Exemplars).Select(exemplar =>
        {
            var label = Assert.Single(exemplar.Label);
            Assert.Equal("trace_id", label.Name);
            var name = family.Type == Schema.MetricType.Histogram ? family.Name + "_bucket" : family.Name;
            return (name, label.Value, exemplar.Value, (double)(exemplar.Timestamp.Seconds + (exemplar.Timestamp.Nanos / 1_000_000_000m)));
        }));
        Assert.Equal(text, binary);
    }

    private static IEnumerable<Schema.Exemplar> Exemplars(Schema.Metric metric) =>
        metric.Counter?.Exemplar is { } one ? [one]
        : metric.Histogram is { } histogram ? histogram.Bucket.Select(bucket => bucket.Exemplar).OfType<Schema.Exemplar>().Concat(histogram.Exemplars)
        : [];

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    private static string Text(Snapshot snapshot) => Pages.Write([new(new PageLayout(snapshot.Layout, ExpositionFormat.OpenMetrics100), snapshot)], timestamps: true);

    private static string Bare(string page) => string.Join('\n', page.Split('\n').Select(line => line.Split(" # {trace_id")[0]));

    private static PagePart Part(ExpositionFormat format)
    {
        var snapshot = Play(Options()).Snapshot;
        return new(new PageLayout(snapshot.Layout, format), snapshot);
    }

    private static WorldOptions Options() => TestWorlds.Flat(40) with { Telemetry = new() { Exemplars = true } };

    private static SnapshotView Play(WorldOptions options)
    {
        var world = new World(options);
        world.Step(Ticks);
        return SnapshotView.Of(world);
    }

    [GeneratedRegex("^(?<name>\\w+)\\{.*\\} \\S+ \\S+ # \\{trace_id=\"(?<trace>[0-9a-f]{32})\"\\} (?<value>\\S+) (?<time>\\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
