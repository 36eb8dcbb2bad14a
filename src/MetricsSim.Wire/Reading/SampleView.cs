namespace MetricsSim.Wire.Reading;

/// <summary>A sample of a page while it is read; its bytes are UTF-8 without escapes, and gone after the call.</summary>
public readonly ref struct SampleView
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<LabelSpan> _labels;
    private readonly TextSpan _name;

    internal SampleView(ReadOnlySpan<byte> line, TextSpan name, ReadOnlySpan<LabelSpan> labels)
    {
        _line = line;
        _name = name;
        _labels = labels;
    }

    /// <summary>The sample's name, with the suffix of its role.</summary>
    public ReadOnlySpan<byte> Name => _name.Of(_line);

    /// <summary>How many labels it has, <c>le</c> and <c>quantile</c> included.</summary>
    public int LabelCount => _labels.Length;

    /// <summary>Its value.</summary>
    public double Value { get; init; }

    /// <summary>Its timestamp in ms since the Unix epoch, if it has one.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Line of the page, from 1.</summary>
    public long Line { get; init; }

    /// <summary>A label's name.</summary>
    /// <param name="label">The label, in the page's order.</param>
    public ReadOnlySpan<byte> LabelName(int label) => _labels[label].Name.Of(_line);

    /// <summary>A label's value.</summary>
    /// <param name="label">The label, in the page's order.</param>
    public ReadOnlySpan<byte> LabelValue(int label) => _labels[label].Value.Of(_line);

    /// <summary>Finds a label.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its place, or -1.</returns>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _labels.Length; i++)
        {
            if (LabelName(i).SequenceEqual(name)) return i;
        }

        return -1;
    }
}

/// <summary>A piece of a line.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}

/// <summary>A label of a line.</summary>
internal readonly record struct LabelSpan(TextSpan Name, TextSpan Value);
