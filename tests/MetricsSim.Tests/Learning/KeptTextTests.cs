using System.Text;
using MetricsSim.Learning;
using MetricsSim.Wire.Reading;
using Xunit;

namespace MetricsSim.Tests.Learning;

/// <summary>What is kept of a page has an end, whatever the page has without end.</summary>
public sealed class KeptTextTests
{
    [Theory]
    [InlineData("# TYPE a histogram\n", "a_bucket{{le=\"{0}\"}} 1\n")]
    [InlineData("# TYPE a summary\n", "a{{quantile=\"0.{0}\"}} 1\n")]
    [InlineData("", "a{{b{0}=\"x\"}} 1\n")]
    [InlineData("", "a{{b=\"{0}\"}} 1\n")]
    [InlineData("", "a{0} 1\n")]
    public async Task Memory_has_a_limit(string head, string line)
    {
        var profiler = new PageProfiler(new KeptText(2000));
        await Read(profiler, head, line, 2);
        var failure = await Assert.ThrowsAsync<LearnException>(() => Read(profiler, head, line, 300));
        Assert.StartsWith("labels and buckets of all families take more than ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_has_a_thousand_label_names_at_most()
    {
        var failure = await Assert.ThrowsAsync<LearnException>(() => Read(new PageProfiler(new KeptText()), "", "a{{b{0}=\"x\"}} 1\n", 1001));
        Assert.Equal("the metric a has labels by more than 1,000 names: nothing to learn", failure.Message);
    }

    [Fact]
    public async Task Reading_again_takes_no_more()
    {
        var profiler = new PageProfiler(new KeptText(20_000));
        for (var read = 0; read < 20; read++) await Read(profiler, "# TYPE a histogram\n", "a_bucket{{le=\"{0}\"}} 1\n", 300);
        Assert.Equal(300, Assert.Single(profiler.Families).Buckets.Count);
    }

    private static async Task Read(PageProfiler profiler, string head, string line, int lines)
    {
        profiler.BeginRead(0);
        var format = CompositeFormat.Parse(line);
        var page = head + string.Concat(Enumerable.Range(0, lines).Select(i => string.Format(null, format, i)));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(page));
        await new PageReader(profiler, new PageLimits()).ReadAsync(stream, null, TestContext.Current.CancellationToken);
    }
}
