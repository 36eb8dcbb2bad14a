using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire;
using MetricsSim.Wire.Reading;

namespace MetricsSim.Core.Tests.Wire.Reading;

/// <summary>A sample as the reader gave it, with copies of its bytes.</summary>
internal sealed record CollectedSample(PageFamily Family, SampleRole Role, string Name, IReadOnlyList<Label> Labels, double Value, long? Milliseconds);

/// <summary>All that a page has.</summary>
internal sealed class CollectedPage : IPageVisitor
{
    public List<CollectedSample> Samples { get; } = [];

    public ExpositionFormat Format { get; private set; }

    /// <summary>Reads bytes, given in pieces of a size.</summary>
    public static CollectedPage Read(byte[] bytes, ExpositionFormat? format = null, int piece = int.MaxValue, PageLimits? limits = null)
    {
        var page = new CollectedPage();
        var reader = new PageReader(page, limits ?? new PageLimits(), format);
        using var stream = new PiecewiseStream(bytes, piece);
        reader.ReadAsync(stream, null, CancellationToken.None).GetAwaiter().GetResult();
        page.Format = reader.Format;
        return page;
    }

    public static CollectedPage Read(string text, ExpositionFormat? format = null) => Read(Encoding.UTF8.GetBytes(text), format);

    public void OnSample(PageFamily family, SampleRole role, in SampleView sample)
    {
        var labels = new List<Label>();
        for (var i = 0; i < sample.LabelCount; i++) labels.Add(new(Text(sample.LabelName(i)), Text(sample.LabelValue(i))));
        Samples.Add(new(family, role, Text(sample.Name), labels, sample.Value, sample.Milliseconds));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
