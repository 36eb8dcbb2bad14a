using System.Text;
using MetricsSim.Tests.Support;
using MetricsSim.Wire;
using MetricsSim.Wire.Reading;
using Xunit;

namespace MetricsSim.Tests.Learning;

/// <summary>What promtool takes is taken, with as many samples; what it refuses, and readers must too, is refused.</summary>
public sealed class PromtoolPagesTests
{
    [Theory]
    [InlineData("a 1\n", 1)]
    [InlineData("\n  \t\na\t{ x = \"1\" , }\t1\t1700000000000\n#\n# \n#comment\n# HELP\n# HELP a\n", 1)]
    [InlineData("# TYPE a COUNTER\na 1\n# HELP b \\\\ and \\n\n# TYPE b\nb{} 2\n", 2)]
    [InlineData("a{x=\"\\\\\\\"\\n\",y=\"é😀\"} +inf -5\na nan\na -Infinity\na 1e-400\na .5\na 5.\n", 6)]
    [InlineData("# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n# TYPE s summary\ns{quantile=\"0.5\"} NaN\ns_sum 0\ns_count 0\n", 6)]
    [InlineData("a 1", -1)]
    [InlineData("a{x=\"1\" 1\n", -1)]
    [InlineData("a{x=\"1} 1\n", -1)]
    [InlineData("a{x=\"1\",x=\"2\"} 1\n", -1)]
    [InlineData("a{x=\"\\t\"} 1\n", -1)]
    [InlineData("a 1 2 3\n", -1)]
    [InlineData("a 0x10\n", -1)]
    [InlineData("a 1_000\n", -1)]
    [InlineData("# TYPE a counter\n# TYPE a counter\na 1\n", -1)]
    [InlineData("a 1\n# TYPE a counter\n", -1)]
    [InlineData("# TYPE a nonsense\na 1\n", -1)]
    public async Task As_promtool_does(string page, int samples)
    {
        var promtool = await Promtool.Check(page);
        // 3 is for remarks on style.
        Assert.Equal(samples >= 0, promtool.ExitCode is 0 or 3);
        var counter = new Counter();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(page));
        var read = new PageReader(counter, new PageLimits(), ExpositionFormat.Text004).ReadAsync(stream, null, TestContext.Current.CancellationToken);
        if (samples < 0) await Assert.ThrowsAsync<PageSyntaxException>(() => read);
        else await read;
        Assert.Equal(Math.Max(0, samples), samples < 0 ? 0 : counter.Samples);
    }

    private sealed class Counter : IPageVisitor
    {
        public int Samples { get; private set; }

        public void OnSample(PageFamily family, SampleRole role, in SampleView sample) => Samples++;
    }
}
