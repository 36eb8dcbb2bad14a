using System.Text;
using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Wire.Tsdb;

/// <summary>All label names and values of a block, each once, in the order of their bytes; a symbol's number is its place.</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, int> _numbers;
    private readonly byte[][] _symbols;

    /// <summary>Sorts symbols. The empty one is always among them, as it names the list of all series.</summary>
    public SymbolTable(IEnumerable<string> symbols)
    {
        var distinct = new HashSet<string>(symbols, StringComparer.Ordinal) { "" };
        var sorted = distinct.Select(text => (Text: text, Bytes: Encoding.UTF8.GetBytes(text))).ToArray();
        Array.Sort(sorted, (one, other) => one.Bytes.AsSpan().SequenceCompareTo(other.Bytes));
        _symbols = [.. sorted.Select(symbol => symbol.Bytes)];
        _numbers = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        for (var i = 0; i < sorted.Length; i++)
        {
            _numbers.Add(sorted[i].Text, i);
        }
    }

    /// <summary>Number of symbols.</summary>
    public int Count => _symbols.Length;

    /// <summary>Checksum of all symbols.</summary>
    public uint Checksum => Crc32C.Of(_symbols.SelectMany(symbol => symbol.Append((byte)0)).ToArray());

    /// <summary>The bytes of a symbol.</summary>
    public ReadOnlySpan<byte> this[int number] => _symbols[number];

    /// <summary>A label as a number whose order is the one of labels: name, then value.</summary>
    public long Pair(string name, string value) => ((long)_numbers[name] << 32) | (uint)_numbers[value];

    /// <summary>The name of a pair.</summary>
    public static int NameOf(long pair) => (int)(pair >> 32);

    /// <summary>The value of a pair.</summary>
    public static int ValueOf(long pair) => (int)(uint)pair;
}
