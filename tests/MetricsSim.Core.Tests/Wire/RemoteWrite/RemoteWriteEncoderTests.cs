using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using MetricsSim.Wire.RemoteWrite;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

public sealed class RemoteWriteEncoderTests
{
    private const long Monday = 1_767_607_200_000;
    private const ulong Stale = 0x7FF0000000000002;
    private static readonly Label[] Target = [new("job", "sim"), new("instance", "here:1")];

    [Theory]
    [InlineData(1, 2000, false)]
    [InlineData(3, 7, true)]
    public void Series_and_values_are_those_of_the_page(int shards, int mostSamples, bool created)
    {
        var snapshot = SamplePages.World();
        var requests = Write(new RemoteWriteEncoder(snapshot.Layout, Target, shards, mostSamples, created), snapshot);
        var samples = requests.SelectMany(request => WriteRequestReader.Read(request.Body).Samples).ToList();
        var page = new PageParser(Page(snapshot, created), openMetrics: true).Parse();
        Assert.Equal(
            page.Samples.Select(sample => Line(
                [new("__name__", sample.Name), .. sample.Labels, .. Target], BitConverter.DoubleToUInt64Bits(sample.Value))).Order(StringComparer.Ordinal),
            samples.Select(sample => Line(sample.Labels, sample.Bits)).Order(StringComparer.Ordinal));
        Assert.All(samples, sample => Assert.Equal(Monday, sample.Time));
        Assert.All(samples, sample => Assert.Equal(sample.Labels.OrderBy(label => label.Name, StringComparer.Ordinal), sample.Labels));
        Assert.DoesNotContain(samples, sample => sample.Labels.Any(label => label.Value.Length == 0));
        Assert.All(requests, request => Assert.InRange(request.Samples, 1, mostSamples));
        Assert.All(requests, request => Assert.Equal(request.Samples, WriteRequestReader.Read(request.Body).Samples.Count));
        Assert.Equal(shards, requests.Select(request => request.Shard).Distinct().Count());
    }

    [Fact]
    public void Version_2_has_the_same_samples_and_the_metadata_with_each()
    {
        var snapshot = SamplePages.World();
        var one = Write(new RemoteWriteEncoder(snapshot.Layout, Target, mostSamples: 7), snapshot)
            .SelectMany(request => WriteRequestReader.Read(request.Body).Samples).ToList();
        var encoder = new RemoteWriteEncoder(snapshot.Layout, Target, mostSamples: 7, version: RemoteWriteVersion.V2);
        var requests = Write(encoder, snapshot);
        var two = requests.SelectMany(request => Write2RequestReader.Read(request.Body)).ToList();
        Assert.Equal(one.Select(Text), two.Select(series => Text(series.Sample!)));
        Assert.All(requests, request => Assert.Equal(request.Samples, Write2RequestReader.Read(request.Body).Count));
        Assert.Empty(Write(encoder.WriteMetadata));

        var tokens = two.First(series => series.Labels.Contains(new("__name__", "otel_claude_code_token_usage_tokens_total")));
        Assert.Equal((1, "Tokens used.", "tokens"), (tokens.Type, tokens.Help, tokens.Unit));
        Assert.Contains(two, series => series is { Type: 3, Unit: "seconds" });
        Assert.Contains(two, series => series is { Type: 2, Help: "" });
        Assert.Contains(two, series => series is { Type: 5, Help: "How long they waited." });
        static string Text(WrittenSample sample) => $"{sample.Series} {sample.Bits:x} {sample.Time}";
    }

    [Fact]
    public void Version_2_says_when_counters_began()
    {
        var snapshot = SamplePages.World();
        (snapshot.UnixMilliseconds, snapshot.CreatedUnixMilliseconds) = (Monday, Monday - 5000);
        var series = Write(new RemoteWriteEncoder(snapshot.Layout, Target, version: RemoteWriteVersion.V2), snapshot)
            .SelectMany(request => Write2RequestReader.Read(request.Body));
        Assert.All(series, one => Assert.Equal(one.Type is 1 or 3 or 5 ? Monday - 5000 : 0, one.Start));
    }

    [Fact]
    public void A_series_stays_with_its_shard()
    {
        var snapshot = SamplePages.World();
        var shards = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            foreach (var request in Write(new RemoteWriteEncoder(snapshot.Layout, Target, 4, 3), snapshot))
            {
                Assert.All(WriteRequestReader.Read(request.Body).Samples, sample =>
                {
                    shards.TryAdd(sample.Series, request.Shard);
                    Assert.Equal(shards[sample.Series], request.Shard);
                });
            }
        }
    }

    [Fact]
    public void Rows_that_are_missing_are_marked_once()
    {
        var row = new Row("0");
        var layout = new SeriesLayout(
        [
            new() { Name = "a", Help = "", Type = MetricType.Counter, Rows = new FixedLabelRows([[new("n", "0")], [new("n", "1")]]) },
            new() { Name = "b", Help = "", Type = MetricType.Histogram, Rows = new LiveRows(), Bounds = [1] },
            new() { Name = "c", Help = "", Type = MetricType.Gauge, HideUntouched = true },
        ]);
        var encoder = new RemoteWriteEncoder(layout, []);
        Assert.Equal("a_total0=1 a_total1=1", Values(encoder, layout, hidden: false, null));
        Assert.Equal(
            "a_total0=1 a_total1=stale b_bucket+Inf0=3 b_bucket1.00=1 b_count0=3 b_sum0=9 c=4",
            Values(encoder, layout, hidden: true, row, gauge: 4));
        Assert.Equal(
            "a_total0=stale b_bucket+Inf0=stale b_bucket1.00=stale b_count0=stale b_sum0=stale c=stale",
            Values(encoder, layout, hidden: true, row, down: true, gauge: 4));
        Assert.Equal("", Values(encoder, layout, hidden: true, row, down: true, gauge: 4));
        Assert.Equal("a_total0=1 b_bucket+Inf0=3 b_bucket1.00=1 b_count0=3 b_sum0=9", Values(encoder, layout, hidden: true, row));
        Assert.Equal("a_total0=1 a_total1=1 b_bucket+Inf0=stale b_bucket1.00=stale b_count0=stale b_sum0=stale", Values(encoder, layout, hidden: false, null));
        Assert.Equal("a_total0=stale a_total1=stale", Text(Write(sink => encoder.WriteEnd(Monday, sink))));
        Assert.Equal("", Text(Write(sink => encoder.WriteEnd(Monday, sink))));
    }

    [Fact]
    public void Metadata_names_families_as_the_text_page_does()
    {
        var layout = SamplePages.World().Layout;
        var request = Assert.Single(Write(new RemoteWriteEncoder(layout, Target).WriteMetadata));
        var metadata = WriteRequestReader.Read(request.Body).Metadata;
        Assert.Empty(WriteRequestReader.Read(request.Body).Samples);
        Assert.Equal(0, request.Samples);
        Assert.Equal(layout.Families.Count, metadata.Count);
        Assert.Equal(new WrittenMetadata(6, "target_info", "Target metadata", ""), metadata[0]);
        Assert.Equal(new WrittenMetadata(1, "otel_claude_code_token_usage_tokens_total", "Tokens used.", "tokens"), metadata[1]);
        Assert.Equal(new WrittenMetadata(3, "otel_claude_code_session_duration_seconds", "How long sessions last.", "seconds"), metadata[3]);
    }

    [Fact]
    public void Names_in_utf8_are_for_version_2_and_have_underscores_in_version_1()
    {
        var layout = new SeriesLayout(
        [
            new() { Name = "http.requests", Help = "", Type = MetricType.Counter, Rows = new FixedLabelRows([[new("user.id", "a.b")]]), Leaves = [[new("http.route", "/x")]] },
        ]);
        var one = new RemoteWriteEncoder(layout, []);
        Assert.Equal("http_requests_total", Assert.Single(WriteRequestReader.Read(Assert.Single(Write(one.WriteMetadata)).Body).Metadata).Name);
        Assert.Equal(
            "__name__=http_requests_total,http_route=/x,user_id=a.b",
            Assert.Single(WriteRequestReader.Read(Assert.Single(Write(one, new Snapshot(layout))).Body).Samples).Series);
        var two = new RemoteWriteEncoder(layout, [], version: RemoteWriteVersion.V2);
        Assert.Equal(
            "__name__=http.requests_total,http.route=/x,user.id=a.b",
            Assert.Single(Write2RequestReader.Read(Assert.Single(Write(two, new Snapshot(layout))).Body)).Sample!.Series);
    }

    [Fact]
    public void Symbols_of_rows_that_have_gone_are_let_go()
    {
        var symbols = new SymbolPool();
        var kept = symbols.Take([new("a", "x"), new("b", "")]);
        var gone = symbols.Take([new("a", "y"), new("c", "x")]);
        Assert.Equal(["a", "x"], kept.Select(symbol => symbol.Text));
        Assert.Equal(4, symbols.Count);
        symbols.Return(gone);
        Assert.Equal(2, symbols.Count);
        Assert.Same(kept[1], symbols.Take("x"));
    }

    [Fact]
    public void A_snapshot_of_another_layout_is_refused()
    {
        var encoder = new RemoteWriteEncoder(new SeriesLayout([]), []);
        Assert.Throws<ArgumentException>(() => encoder.Write(SamplePages.World(), Monday, _ => { }));
    }

    private static string Values(RemoteWriteEncoder encoder, SeriesLayout layout, bool hidden, Row? row, bool down = false, long gauge = 0)
    {
        var snapshot = new Snapshot(layout) { ExporterDown = down };
        snapshot.Columns[0].AsSpan().Fill(1);
        if (hidden) snapshot.Hidden[0] = new RowMask(2, at => at == 1);
        snapshot.Live[1]!.Reset(1)[0] = row;
        snapshot.Columns[1] = [1, 2, 9];
        snapshot.Columns[2][0] = gauge;
        return Text(Write(encoder, snapshot));
    }

    private static string Text(IEnumerable<WriteRequest> requests) => string.Join(' ', requests.SelectMany(request => WriteRequestReader.Read(request.Body).Samples)
        .Select(sample => string.Concat(sample.Labels.Select(label => label.Value)) + "=" + (sample.Bits == Stale ? "stale" : $"{BitConverter.UInt64BitsToDouble(sample.Bits):R}"))
        .Order(StringComparer.Ordinal));

    private static List<WriteRequest> Write(RemoteWriteEncoder encoder, Snapshot snapshot) => Write(sink => encoder.Write(snapshot, Monday, sink));

    private static List<WriteRequest> Write(Action<Action<WriteRequest>> write)
    {
        var requests = new List<WriteRequest>();
        write(requests.Add);
        return requests;
    }

    private static string Line(IEnumerable<Label> labels, ulong bits)
    {
        var value = BitConverter.UInt64BitsToDouble(bits);
        var text = double.IsNaN(value) ? "NaN" : $"{bits:x}";
        return string.Join(',', labels.Where(label => label.Value.Length > 0).Select(label => $"{label.Name}={label.Value}").Order(StringComparer.Ordinal)) + " " + text;
    }

    private static string Page(Snapshot snapshot, bool created)
    {
        var page = new PageWriter([new PagePart(new PageLayout(snapshot.Layout, ExpositionFormat.OpenMetrics100, created), snapshot)]);
        var buffer = new byte[1 << 20];
        Assert.False(page.Fill(buffer, out var written));
        return Encoding.UTF8.GetString(buffer, 0, written);
    }

    private sealed class Row(string name) : LiveRow
    {
        public override IReadOnlyList<Label> Labels => [new("row", name)];
    }
}
