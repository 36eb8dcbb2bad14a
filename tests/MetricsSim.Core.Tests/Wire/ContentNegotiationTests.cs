using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

public sealed class ContentNegotiationTests
{
    private const string Protobuf = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    private const string ProtobufContent = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    [Theory]
    // Prometheus 2.42, as it sends it.
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1")]
    // Prometheus 3.0 and later.
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")]
    // The same, where OpenMetrics is set to come before protobuf.
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6," + Protobuf + ";q=0.5,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")]
    // prometheus/common, expfmt: TestNegotiateOpenMetrics.
    [InlineData("application/openmetrics-text")]
    [InlineData("application/openmetrics-text;version=0.0.1; escaping=underscores")]
    [InlineData("application/openmetrics-text;version=1.0.0")]
    [InlineData("application/openmetrics-text;version=1.0.0; escaping=values;")]
    // Qualities and order.
    [InlineData("text/plain;q=0.5,application/openmetrics-text")]
    [InlineData("text/plain;version=0.0.4;q=0.599, application/openmetrics-text; version=1.0.0; q=0.6")]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4")]
    [InlineData("application/openmetrics-text;version=1.0.0,*/*")]
    [InlineData("*/*,application/openmetrics-text;version=1.0.0")]
    [InlineData("text/*,application/openmetrics-text;version=1.0.0")]
    [InlineData("application/openmetrics-text;q=0.1,text/plain;q=0,*/*")]
    [InlineData("application/openmetrics-text;version=0.0.1;q=0,application/openmetrics-text;version=1.0.0;q=0.2")]
    [InlineData("text/plain;version=1.0.0;q=0.4,application/openmetrics-text;version=1.0.0;q=0.5")]
    [InlineData(Protobuf + ";q=0.4,application/openmetrics-text;version=1.0.0;q=0.5")]
    [InlineData("application/openmetrics-text;version=1.0.0," + Protobuf)]
    // Spelling.
    [InlineData("Application/OpenMetrics-Text; Version=1.0.0; Q=1.000")]
    [InlineData("  application/openmetrics-text\t;  version = \"1.0.0\"  ")]
    [InlineData(",, ,application/openmetrics-text,,")]
    [InlineData("x/y;a=\"b,c;q=0\\\",d\",application/openmetrics-text")]
    [InlineData("garbage;;;=;q,application/openmetrics-text;version=1.0.0;q=0.0025,text/plain;q=0.001")]
    public void Answers_OpenMetrics(string accept) => Assert.Equal(ExpositionFormat.OpenMetrics100, ContentNegotiation.Choose(accept).Format);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("*/*")]
    [InlineData("*")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("application/json")]
    [InlineData("application/*")]
    // Prometheus 3 where protocols are set to prefer text.
    [InlineData("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.3")]
    // prometheus/common, expfmt: TestNegotiate.
    [InlineData("text/plain;version=0.0.4")]
    [InlineData("text/plain;version=0.0.4; escaping=values;")]
    [InlineData("text/plain")]
    [InlineData("some/garbage/header")]
    [InlineData("text/plain;version=1.0.0;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5")]
    // Protobuf in another encoding, or another message.
    [InlineData("application/vnd.google.protobuf")]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text")]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=compact-text")]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.Metric;encoding=delimited")]
    [InlineData(Protobuf + ";q=0")]
    [InlineData(Protobuf + ";q=0.5,text/plain;version=0.0.4;q=0.6")]
    // Versions of OpenMetrics that we don't write.
    [InlineData("application/openmetrics-text;version=2.0.0")]
    [InlineData("application/openmetrics-text;version=1.0")]
    [InlineData("application/openmetrics-protobuf;version=1.0.0")]
    // Qualities and order.
    [InlineData("application/openmetrics-text;version=1.0.0;q=0")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.000,*/*")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0,application/openmetrics-text;version=0.0.1")]
    [InlineData("application/openmetrics-text;q=0.5,text/plain")]
    [InlineData("application/openmetrics-text;q=0.5,*/*;q=0.6")]
    [InlineData("text/plain,application/openmetrics-text")]
    [InlineData("text/plain; q=0.9, application/openmetrics-text; version=1.0.0; q=0.1")]
    // A quality that is none makes the element void.
    [InlineData("application/openmetrics-text;q=high")]
    [InlineData("application/openmetrics-text;q=2")]
    [InlineData("application/openmetrics-text;q=1.5")]
    [InlineData("application/openmetrics-text;q=-1")]
    [InlineData("application/openmetrics-text;q=")]
    [InlineData("application/openmetrics-text;q=NaN")]
    [InlineData("application/openmetrics-text;q=0.5x")]
    // Broken spelling.
    [InlineData("application / openmetrics-text")]
    [InlineData("\"application/openmetrics-text")]
    [InlineData(";,=;\"\\")]
    [InlineData("\0\u0001\uFFFF")]
    public void Falls_back_to_text(string? accept) => Assert.Equal(ExpositionFormat.Text004, ContentNegotiation.Choose(accept).Format);

    [Theory]
    [InlineData(Protobuf)]
    [InlineData(Protobuf + ";escaping=dots")]
    // Prometheus 2.42 with native histograms, as it sends it.
    [InlineData(Protobuf + ",application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1")]
    // Prometheus 3 with native histograms.
    [InlineData(Protobuf + ";escaping=allow-utf-8;q=0.7,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")]
    [InlineData("Application/Vnd.Google.Protobuf; proto=\"io.prometheus.client.MetricFamily\" ; Encoding=delimited, */*")]
    public void Answers_protobuf(string accept) => Assert.Equal(ExpositionFormat.Protobuf, ContentNegotiation.Choose(accept).Format);

    [Theory]
    [InlineData(null, NameEscaping.Underscores, "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("text/plain;version=0.0.4;escaping=allow-utf-8", NameEscaping.AllowUtf8, "text/plain; version=0.0.4; charset=utf-8; escaping=allow-utf-8")]
    [InlineData("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.3", NameEscaping.AllowUtf8, "text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=underscores", NameEscaping.Underscores, "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("application/openmetrics-text;escaping=values;q=0.5,text/plain;escaping=dots;q=0.4", NameEscaping.Values, "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=values")]
    [InlineData(Protobuf + ";escaping=dots", NameEscaping.Dots, ProtobufContent + "; escaping=dots")]
    [InlineData(Protobuf + ";escaping=other", NameEscaping.Underscores, ProtobufContent)]
    public void Escapes_names_as_the_chosen_element_asks_and_says_so(string? accept, NameEscaping escaping, string contentType)
    {
        var chosen = ContentNegotiation.Choose(accept);
        Assert.Equal((escaping, contentType), (chosen.Escaping, chosen.ContentType));
    }

    [Fact]
    public void Looks_only_at_the_start_of_a_huge_header()
    {
        const string OpenMetrics = "application/openmetrics-text;version=1.0.0";
        var padding = new string(',', 1 << 20);
        Assert.Equal(ExpositionFormat.OpenMetrics100, ContentNegotiation.Choose(OpenMetrics + padding).Format);
        Assert.Equal(ExpositionFormat.Text004, ContentNegotiation.Choose(padding + OpenMetrics).Format);
        Assert.Equal(ExpositionFormat.Text004, ContentNegotiation.Choose(new string('"', 1 << 20)).Format);
        Assert.Equal(ExpositionFormat.Text004, ContentNegotiation.Choose(string.Concat(Enumerable.Repeat("a/b;q=0.1,", 100_000))).Format);
    }

    [Fact]
    public void An_element_cut_by_the_limit_is_not_read_in_part()
    {
        const string Cut = "application/openmetrics-text;version=1.0.0;q=0";
        for (var length = 8192 - Cut.Length - 3; length <= 8192; length++)
        {
            Assert.Equal(ExpositionFormat.Text004, ContentNegotiation.Choose(new string(' ', length) + Cut).Format);
        }
    }

    [Fact]
    public void No_header_is_an_error()
    {
        var pieces = Gen.Elements("application/openmetrics-text", "gzip", "*", "/", ";", ",", "q", "=", "\"", "\\", " ", "0", "1", ".", "5", "version", "é", "\0");
        Prop.ForAll(pieces.ListOf().Select(string.Concat).ToArbitrary(), header =>
        {
            Assert.True(Enum.IsDefined(ContentNegotiation.Choose(header).Format));
            Assert.True(!ContentNegotiation.AcceptsGzip(header) || header.Contains("gzip", StringComparison.Ordinal) || header.Contains('*', StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2000).WithReplay(20_260_105, 5));
    }

    [Fact]
    public void A_header_of_any_shape_has_an_answer_that_says_what_it_is()
    {
        var words = Gen.Elements(
            "application/openmetrics-text", "text/plain", Protobuf, "*/*", "text/*", "escaping", "allow-utf-8", "dots", "values", "underscores", "version", "1.0.0", "0.0.4",
            "q", "0", "0.5", "1", "1e3", "-1", "9999999999999999999", ";", ",", "=", "\"", "\\", " ", "\t", "\r\n", "\0", "é", "\uD800", "𝛼", "(", "%00");
        var any = Gen.OneOf(words.ListOf().Select(string.Concat), ArbMap.Default.GeneratorFor<string>(), words.NonEmptyListOf().Select(list => string.Concat(Enumerable.Repeat(string.Concat(list), 2000))));
        Prop.ForAll(any.ToArbitrary(), header =>
        {
            var chosen = ContentNegotiation.Choose(header);
            var escaping = chosen.Escaping switch
            {
                NameEscaping.AllowUtf8 => "; escaping=allow-utf-8",
                NameEscaping.Dots => "; escaping=dots",
                NameEscaping.Values => "; escaping=values",
                _ when chosen.ContentType.EndsWith("; escaping=underscores", StringComparison.Ordinal) => "; escaping=underscores",
                _ => "",
            };
            Assert.True(escaping.Length == 0 || header.Contains(escaping["; escaping=".Length..], StringComparison.Ordinal), "Nobody asked for it.");
            var type = chosen.ContentType[..^escaping.Length];
            Assert.True(type == ContentNegotiation.ContentType(chosen.Format) || (chosen.Format == ExpositionFormat.Text004 && type == "text/plain; version=1.0.0; charset=utf-8"), type);
            var name = type[..type.IndexOf(';', StringComparison.Ordinal)];
            Assert.True(chosen.Format == ExpositionFormat.Text004 || header.Contains(name, StringComparison.OrdinalIgnoreCase), $"Nobody asked for {name}.");
            ContentNegotiation.AcceptsGzip(header);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2000).WithReplay(20_260_105, 7));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("a=\",")]
    [InlineData("q=0;")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8,")]
    public void A_huge_header_takes_no_memory(string piece)
    {
        var header = string.Concat(Enumerable.Repeat(piece, (8 << 20) / piece.Length));
        ContentNegotiation.Choose(header);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ContentNegotiation.Choose(header);
        ContentNegotiation.AcceptsGzip(header);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    [Fact]
    public void Names_the_exact_content_types()
    {
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", ContentNegotiation.ContentType(ExpositionFormat.Text004));
        Assert.Equal(
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            ContentNegotiation.ContentType(ExpositionFormat.OpenMetrics100));
        Assert.Equal(ProtobufContent, ContentNegotiation.ContentType(ExpositionFormat.Protobuf));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContentNegotiation.ContentType((ExpositionFormat)99));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("gzip", true)]
    [InlineData("GZIP", true)]
    [InlineData("x-gzip", true)]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("br;q=1.0, gzip;q=0.8, *;q=0.1", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0.0, *", false)]
    [InlineData("*", true)]
    [InlineData("*;q=0", false)]
    [InlineData("identity", false)]
    [InlineData("deflate, br, zstd", false)]
    [InlineData("gzip;q=0.5, identity", false)]
    [InlineData("gzip;q=0.5, identity;q=0.5", true)]
    [InlineData("gzip;q=bad", false)]
    [InlineData("gzipped", false)]
    public void Compresses_when_asked(string? acceptEncoding, bool expected) =>
        Assert.Equal(expected, ContentNegotiation.AcceptsGzip(acceptEncoding));
}
