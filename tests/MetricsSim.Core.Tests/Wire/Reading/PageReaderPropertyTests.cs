using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Wire;
using MetricsSim.Wire.Reading;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Reading;

/// <summary>Pages of our own encoders, whole and damaged.</summary>
public sealed class PageReaderPropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(200).WithReplay(20_260_105, 13);

    [Fact]
    public void What_the_encoders_write_is_read_as_the_slow_parser_reads_it()
    {
        Prop.ForAll(PageGenerator.Page.ToArbitrary(), Gen.Elements(1, 7, 300, int.MaxValue).ToArbitrary(), (page, piece) =>
        {
            var bytes = Pages.Bytes(page.Parts, page.Timestamps, page.ExtraSizes);
            var expected = new PageParser(Encoding.UTF8.GetString(bytes), page.Format == ExpositionFormat.OpenMetrics100).Parse().Samples;
            var read = CollectedPage.Read(bytes, page.Format, piece).Samples;
            Assert.Equal(expected.Count, read.Count);
            foreach (var (want, got) in expected.Zip(read))
            {
                Assert.Equal((want.Name, want.Milliseconds), (got.Name, got.Milliseconds));
                Assert.Equal(want.Labels, got.Labels);
                Assert.Equal(want.Value, got.Value);
            }
        }).Check(Fixed);
    }

    [Fact]
    public void A_damaged_page_is_read_or_refused_with_its_place()
    {
        var damage = from page in PageGenerator.Page
                     from at in Gen.Choose(0, 100_000)
                     from to in Gen.Elements<byte[]>([], "\n"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), "\\"u8.ToArray(), [0], [0xFF], " # "u8.ToArray(), "}"u8.ToArray(), "="u8.ToArray())
                     from cut in Gen.Choose(0, 3)
                     select (page, at, to, cut);
        Prop.ForAll(damage.ToArbitrary(), hit =>
        {
            var bytes = Pages.Bytes(hit.page.Parts, hit.page.Timestamps);
            var at = bytes.Length == 0 ? 0 : hit.at % bytes.Length;
            byte[] damaged = [.. bytes[..at], .. hit.to, .. bytes[Math.Min(bytes.Length, at + hit.cut)..]];
            var lines = damaged.Count(each => each == '\n') + 1;
            try
            {
                CollectedPage.Read(damaged, hit.page.Format);
            }
            catch (PageSyntaxException e)
            {
                Assert.InRange(e.Line, 1, lines);
                Assert.InRange(e.Column, 1, damaged.Length + 1);
            }
        }).Check(Fixed);
    }

    [Theory]
    [InlineData("openmetrics-created-timestamps.txt")]
    [InlineData("exemplars.txt")]
    public void A_page_of_OpenMetrics_cut_anywhere_is_refused(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Wire", "Golden", file));
        Assert.NotEmpty(CollectedPage.Read(bytes).Samples);
        // The last line feed may be missing.
        for (var length = 0; length < bytes.Length - 1; length++)
            Assert.Throws<PageSyntaxException>(() => CollectedPage.Read(bytes[..length], ExpositionFormat.OpenMetrics100));
    }

    [Fact]
    public void A_page_of_text_cut_within_a_line_is_refused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Wire", "Golden", "text-timestamps.txt"));
        for (var length = 1; length < bytes.Length; length++)
        {
            if (bytes[length - 1] == '\n') Assert.NotNull(CollectedPage.Read(bytes[..length], ExpositionFormat.Text004));
            else Assert.Throws<PageSyntaxException>(() => CollectedPage.Read(bytes[..length], ExpositionFormat.Text004));
        }
    }
}
