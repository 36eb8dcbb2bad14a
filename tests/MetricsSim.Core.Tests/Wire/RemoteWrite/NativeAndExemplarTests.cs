using MetricsSim.Core.Series;
using MetricsSim.Wire.RemoteWrite;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>Native histograms and exemplars in both versions.</summary>
public sealed class NativeAndExemplarTests
{
    private const long Monday = 1_767_607_200_000, Wall = 1_800_000_000_000;
    private const ulong Stale = 0x7FF0000000000002;
    private const string Trace = "0123456789abcdeffedcba9876543210";
    private const string Histogram = "count 4 sum 6.4 schema 3 zero 0.5:1 buckets 5:2 13:1";

    [Theory]
    [InlineData(RemoteWriteVersion.V1)]
    [InlineData(RemoteWriteVersion.V2)]
    public void Native_histograms_stand_beside_classic_ones_or_alone_as_the_page_has_them(RemoteWriteVersion version)
    {
        var snapshot = Traced();
        var request = Push(new RemoteWriteEncoder(snapshot.Layout, [new("job", "sim")], version: version), snapshot, Monday, version);
        Assert.Equal(
            ["both_seconds_bucket{le=+Inf}", "both_seconds_bucket{le=1.0}", "both_seconds_bucket{le=2.0}", "both_seconds_count{}", "both_seconds_sum{}", "events_total{is=not}", "events_total{is=traced}"],
            request.Samples.Select(sample => Name(sample.Labels)).Order(StringComparer.Ordinal));
        Assert.Equal(["both_seconds{}", "native_seconds{}"], request.Histograms.Select(histogram => Name(histogram.Labels)));
        Assert.All(request.Histograms, histogram => Assert.Equal((Histogram, Monday), (Text(histogram), histogram.Time)));
        Assert.All(request.Histograms, histogram => Assert.Equal(version == RemoteWriteVersion.V2 ? snapshot.CreatedUnixMilliseconds : 0, histogram.Start));
    }

    [Theory]
    [InlineData(RemoteWriteVersion.V1)]
    [InlineData(RemoteWriteVersion.V2)]
    public void Exemplars_are_sent_once_with_the_series_that_has_them(RemoteWriteVersion version)
    {
        var snapshot = Traced();
        var encoder = new RemoteWriteEncoder(snapshot.Layout, [], version: version);
        var first = Push(encoder, snapshot, Monday, version).Exemplars;
        Assert.Equal(
            [
                "both_seconds_bucket{le=+Inf} 3 at 0", "both_seconds_bucket{le=2.0} 1.5 at -500", "both_seconds{} 1.5 at -500", "both_seconds{} 3 at 0",
                "events_total{is=traced} 1 at -500", "native_seconds{} 1.5 at -500", "native_seconds{} 3 at 0",
            ],
            first.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(first, exemplar => Assert.Equal([new Label("trace_id", Trace)], exemplar.Labels));

        snapshot.UnixMilliseconds += 15_000;
        Assert.Empty(Push(encoder, snapshot, Monday + 15_000, version).Exemplars);
        snapshot.Exemplars[0][0] = new Exemplar(Monday + 15_250, 1, 2, 1);
        snapshot.UnixMilliseconds += 15_000;
        var later = Assert.Single(Push(encoder, snapshot, Monday + 30_000, version).Exemplars);
        Assert.Equal("events_total{is=traced} 1 at 15250", Text(later));
        Assert.Equal([new Label("trace_id", "00000000000000010000000000000002")], later.Labels);
    }

    [Fact]
    public void Exemplars_and_beginnings_are_put_on_the_clock_of_the_samples()
    {
        var snapshot = Traced();
        (snapshot.UnixMilliseconds, snapshot.CreatedUnixMilliseconds) = (Monday, Monday - 5000);
        var encoder = new RemoteWriteEncoder(snapshot.Layout, [], version: RemoteWriteVersion.V2);
        var first = Push(encoder, snapshot, Wall, RemoteWriteVersion.V2);
        Assert.Equal([Wall - 500, Wall], first.Exemplars.Select(exemplar => exemplar.Time).Distinct().Order());
        Assert.All(first.Samples, sample => Assert.Equal(Wall - 5000, sample.Start));

        // A minute of the simulation takes a second.
        (snapshot.UnixMilliseconds, snapshot.Exemplars[0][0]) = (Monday + 60_000, new Exemplar(Monday + 30_000, 1, 2, 1));
        var second = Push(encoder, snapshot, Wall + 1000, RemoteWriteVersion.V2);
        Assert.Equal(Wall + 500, Assert.Single(second.Exemplars).Time);
        Assert.All(second.Samples, sample => Assert.Equal(Wall - 5000, sample.Start));

        // Then the counters begin anew.
        (snapshot.UnixMilliseconds, snapshot.CreatedUnixMilliseconds) = (Monday + 120_000, Monday + 75_000);
        Assert.All(Push(encoder, snapshot, Wall + 2000, RemoteWriteVersion.V2).Histograms, histogram => Assert.Equal(Wall + 1250, histogram.Start));
    }

    [Theory]
    [InlineData(RemoteWriteVersion.V1)]
    [InlineData(RemoteWriteVersion.V2)]
    public void A_native_histogram_that_ends_is_marked_once(RemoteWriteVersion version)
    {
        var snapshot = Traced();
        var encoder = new RemoteWriteEncoder(snapshot.Layout, [], version: version);
        Push(encoder, snapshot, Monday, version);
        snapshot.ExporterDown = true;
        var end = Push(encoder, snapshot, Monday + 1, version);
        Assert.Equal(["both_seconds{}", "native_seconds{}"], end.Histograms.Select(histogram => Name(histogram.Labels)));
        Assert.All(end.Histograms, histogram => Assert.Equal((Stale, 0ul, Monday + 1), (histogram.Sum, histogram.Count, histogram.Time)));
        Assert.Equal(7, end.Samples.Count);
        Assert.Empty(Push(encoder, snapshot, Monday + 2, version).Histograms);
    }

    [Fact]
    public void A_request_says_what_it_holds_and_its_limit_counts_histograms()
    {
        var snapshot = Traced();
        var requests = new List<WriteRequest>();
        new RemoteWriteEncoder(snapshot.Layout, [], mostSamples: 3).Write(snapshot, Monday, requests.Add);
        Assert.Equal([3, 3, 3], requests.Select(request => request.Samples + request.Histograms));
        Assert.Equal((7, 2, 7), (requests.Sum(request => request.Samples), requests.Sum(request => request.Histograms), requests.Sum(request => request.Exemplars)));
        Assert.All(requests, request =>
        {
            var written = WriteRequestReader.Read(request.Body);
            Assert.Equal((written.Samples.Count, written.Histograms.Count, written.Exemplars.Count), (request.Samples, request.Histograms, request.Exemplars));
        });
    }

    private static Snapshot Traced()
    {
        var snapshot = SamplePages.Traced();
        snapshot.UnixMilliseconds = Monday;
        return snapshot;
    }

    private static WrittenRequest Push(RemoteWriteEncoder encoder, Snapshot snapshot, long time, RemoteWriteVersion version)
    {
        var requests = new List<WriteRequest>();
        encoder.Write(snapshot, time, requests.Add);
        if (requests.Count == 0) return new WrittenRequest();
        var body = Assert.Single(requests).Body;
        return version == RemoteWriteVersion.V2 ? Write2RequestReader.Flat(body) : WriteRequestReader.Read(body);
    }

    private static string Name(IReadOnlyList<Label> labels) =>
        $"{labels[0].Value}{{{string.Join(',', labels.Skip(1).Where(label => label.Name != "job").Select(label => $"{label.Name}={label.Value}"))}}}";

    private static string Text(WrittenExemplar exemplar) => FormattableString.Invariant($"{Name(exemplar.Series)} {exemplar.Value} at {exemplar.Time - Monday}");

    private static string Text(WrittenHistogram histogram) => FormattableString.Invariant(
        $"count {histogram.Count} sum {BitConverter.UInt64BitsToDouble(histogram.Sum)} schema {histogram.Schema} zero {histogram.ZeroThreshold}:{histogram.ZeroCount} buckets {string.Join(' ', histogram.Buckets.Where(bucket => bucket.Count > 0).Select(bucket => $"{bucket.Index}:{bucket.Count}"))}");
}
