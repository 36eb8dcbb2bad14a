using System.Text;
using MetricsSim.Analysis.Learning;

namespace MetricsSim.Learning;

/// <summary>What a label's values are like: the first of them, and how many there are.</summary>
/// <param name="name">The label.</param>
/// <param name="kept">Takes note of what is kept.</param>
internal sealed class LabelProfile(string name, KeptText kept)
{
    /// <summary>How many values are kept at most.</summary>
    public const int MostValues = 200;

    private const int Counted = 1024;

    // What they take in memory, in places of characters.
    private const int CharactersOfHash = 24;
    private const int CharactersOfProfile = 256;

    private readonly DistinctCounter _distinct = new(Counted);
    private readonly List<string> _values = [];

    /// <summary>What a label takes before it has a value, in places of characters.</summary>
    public static int Footprint(string name) => CharactersOfProfile + (2 * name.Length);

    /// <summary>The label.</summary>
    public string Name { get; } = name;

    /// <summary>Its name in UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The first values, in the order they came.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>How many values there are, to a few percent where there are many.</summary>
    public long Cardinality => Math.Max(_distinct.Count, _values.Count);

    /// <summary>Whether <see cref="Values"/> are all.</summary>
    public bool IsComplete => _distinct.IsExact && _distinct.Count == _values.Count;

    /// <summary>Takes a value.</summary>
    /// <param name="hash">Hash of the label.</param>
    /// <param name="value">The value in UTF-8.</param>
    public void Add(ulong hash, ReadOnlySpan<byte> value)
    {
        if (!_distinct.Add(hash)) return;
        kept.Charge(CharactersOfHash);
        if (_values.Count == MostValues) return;
        var text = LabelText.Of(value);
        kept.Charge(KeptText.Overhead + text.Length);
        _values.Add(text);
    }
}
