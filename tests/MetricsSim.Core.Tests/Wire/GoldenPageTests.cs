using System.Runtime.CompilerServices;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Tests.Wire.Naming;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;
using Xunit;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>
/// The page of <see cref="SamplePages"/>, byte for byte. After a wanted change run the tests with METRICSSIM_APPROVE=1 and read the diff.
/// </summary>
public sealed class GoldenPageTests
{
    [Theory]
    [InlineData("text.txt", ExpositionFormat.Text004, false, false)]
    [InlineData("text-timestamps.txt", ExpositionFormat.Text004, true, true)]
    [InlineData("openmetrics.txt", ExpositionFormat.OpenMetrics100, false, false)]
    [InlineData("openmetrics-created.txt", ExpositionFormat.OpenMetrics100, true, false)]
    [InlineData("openmetrics-timestamps.txt", ExpositionFormat.OpenMetrics100, false, true)]
    [InlineData("openmetrics-created-timestamps.txt", ExpositionFormat.OpenMetrics100, true, true)]
    [InlineData("protobuf.hex", ExpositionFormat.Protobuf, false, false)]
    [InlineData("protobuf-created-timestamps.hex", ExpositionFormat.Protobuf, true, true)]
    public void Equals_the_golden_file(string file, ExpositionFormat format, bool created, bool timestamps)
    {
        PagePart[] parts =
        [
            .. new[] { SamplePages.World(), SamplePages.Runtime() }
                .Select(snapshot => new PagePart(new PageLayout(snapshot.Layout, format, created), snapshot)),
        ];
        Compare(file, format, Pages.Bytes(parts, timestamps));
    }

    [Theory]
    [InlineData("exemplars.txt", ExpositionFormat.OpenMetrics100)]
    [InlineData("exemplars-native.hex", ExpositionFormat.Protobuf)]
    public void Exemplars_and_native_histograms_equal_the_golden_file(string file, ExpositionFormat format)
    {
        var snapshot = SamplePages.Traced();
        Compare(file, format, Pages.Bytes([new(new PageLayout(snapshot.Layout, format, created: true), snapshot)], timestamps: true));
    }

    [Fact]
    public void Names_of_OpenTelemetry_equal_the_golden_file() =>
        Compare("otel-style.txt", ExpositionFormat.Text004, OtelStyleTests.Bytes(NameStyle.Otel, ExpositionFormat.Text004, NameEscaping.AllowUtf8));

    private static void Compare(string file, ExpositionFormat format, byte[] bytes)
    {
        var actual = format == ExpositionFormat.Protobuf ? Hex(bytes) : System.Text.Encoding.UTF8.GetString(bytes);
        if (Environment.GetEnvironmentVariable("METRICSSIM_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), "Golden", file), actual);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Wire", "Golden", file)), actual);
    }

    /// <summary>Sixteen bytes a line, so that a difference shows where it is.</summary>
    private static string Hex(byte[] bytes) => string.Concat(bytes.Chunk(16).Select(line => Convert.ToHexStringLower(line) + "\n"));

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
