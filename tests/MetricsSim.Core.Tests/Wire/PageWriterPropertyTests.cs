using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

public sealed class PageWriterPropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(400).WithReplay(20_260_105, 7);

    [Fact]
    public void Equals_the_reference_byte_for_byte_whatever_the_buffers()
    {
        Prop.ForAll(PageGenerator.Page.ToArbitrary(), page =>
        {
            var expected = ReferenceWriter.Page(page.Snapshots, page.Format, page.Created, page.Timestamps);
            var actual = Pages.Bytes(page.Parts, page.Timestamps, page.ExtraSizes);
            Assert.Equal(expected, Encoding.UTF8.GetString(actual));
        }).Check(Fixed);
    }
}
