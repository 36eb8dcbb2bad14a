using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire.Protobuf.Schema;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Protobuf;

public sealed class ProtobufPageTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300).WithReplay(20_260_105, 13);

    [Fact]
    public void Says_what_the_OpenMetrics_page_says()
    {
        Prop.ForAll(PageGenerator.Page.ToArbitrary(), random =>
        {
            var text = random with { Format = ExpositionFormat.OpenMetrics100 };
            var expected = new PageParser(Encoding.UTF8.GetString(Pages.Bytes(text.Parts, text.Timestamps)), openMetrics: true).Parse().Samples;
            var page = random with { Format = ExpositionFormat.Protobuf };
            var families = ProtobufReader.Read(Pages.Bytes(page.Parts, page.Timestamps, page.ExtraSizes));
            Assert.DoesNotContain(families, family => family.Metric.Count == 0);
            var samples = ProtobufReader.Samples(families).ToList();
            Assert.Equal(expected.Select(sample => (sample.Name, sample.Milliseconds)), samples.Select(sample => (sample.Name, sample.Milliseconds)));
            foreach (var (want, got) in expected.Zip(samples))
            {
                Assert.Equal(want.Labels, got.Labels);
                Assert.True(want.Value.Equals(got.Value), $"{want} {got}");
            }
        }).Check(Fixed);
    }

    [Fact]
    public void Is_as_the_reference_encoder_writes_it()
    {
        Prop.ForAll(PageGenerator.Page.ToArbitrary(), random =>
        {
            var page = random with { Format = ExpositionFormat.Protobuf };
            var bytes = Pages.Bytes(page.Parts, page.Timestamps, page.ExtraSizes);
            using var expected = new MemoryStream();
            foreach (var family in ProtobufReader.Read(bytes))
            {
                // Our units stand before the metrics, so that a family can be streamed.
                var metrics = new Schema.MetricFamily(family);
                metrics.ClearUnit();
                var unit = family.HasUnit ? new Schema.MetricFamily { Unit = family.Unit }.ToByteArray() : [];
                var header = new Schema.MetricFamily(metrics);
                header.Metric.Clear();
                var body = metrics.ToByteArray();
                var head = header.ToByteArray();
                var output = new CodedOutputStream(expected, leaveOpen: true);
                output.WriteLength(body.Length + unit.Length);
                output.Flush();
                expected.Write([.. head, .. unit, .. body[head.Length..]]);
            }

            Assert.Equal(expected.ToArray(), bytes);
        }).Check(Fixed);
    }

    [Fact]
    public void Metadata_is_that_of_client_libraries()
    {
        var snapshot = SamplePages.World();
        var families = ProtobufReader.Read(Pages.Bytes([new(new PageLayout(snapshot.Layout, ExpositionFormat.Protobuf), snapshot)]));
        Assert.Equal(
            [
                ("target_info", Schema.MetricType.Gauge, ""),
                ("otel_claude_code_token_usage_tokens_total", Schema.MetricType.Counter, "tokens"),
                ("otel_claude_code_cost_usage_USD_total", Schema.MetricType.Counter, "USD"),
                ("otel_claude_code_session_duration_seconds", Schema.MetricType.Histogram, "seconds"),
                ("gauges", Schema.MetricType.Gauge, ""),
                ("metricssim_load", Schema.MetricType.Gauge, ""),
                ("wait_seconds", Schema.MetricType.Summary, "seconds"),
            ],
            families.Select(family => (family.Name, family.Type, family.Unit)));
        Assert.Equal("Cost in \"USD\", \\ escaped\nover two lines.", families[2].Help);
        Assert.False(families[4].HasHelp);
    }

    [Fact]
    public void A_family_may_be_larger_than_any_buffer()
    {
        var rows = new FixedLabelRows([.. Enumerable.Range(0, 20_000).Select(IReadOnlyList<Label> (i) => [new("i", $"{i}")])]);
        var layout = new SeriesLayout([new() { Name = "x", Help = "", Type = Core.Series.MetricType.Counter, Rows = rows }]);
        var snapshot = new Snapshot(layout);
        for (var i = 0; i < rows.Count; i++) snapshot.Columns[0][i] = i;
        var page = Pages.Bytes([new(new PageLayout(layout, ExpositionFormat.Protobuf), snapshot)], timestamps: true, extraSizes: [0, 100]);
        var family = Assert.Single(ProtobufReader.Read(page));
        Assert.True(page.Length > 400_000);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (double)i), family.Metric.Select(metric => metric.Counter.Value));
    }
}
