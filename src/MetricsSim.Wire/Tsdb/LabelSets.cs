using System.Runtime.InteropServices;
using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>The label sets of all lines of a layout, in page order, each sorted by name and without empty values, as Prometheus keeps them.</summary>
internal sealed class LabelSets
{
    private readonly List<long> _pairs = [];
    private readonly List<int> _starts = [0];
    private readonly SymbolTable _symbols;

    /// <summary>Forms them.</summary>
    public LabelSets(IReadOnlyList<FamilyLines> families, RowLabels[] rowsOf, SymbolTable symbols)
    {
        _symbols = symbols;
        var axes = rowsOf.Distinct().ToDictionary(axis => axis, axis => axis.Rows.Select(Pairs).ToArray());
        for (var i = 0; i < families.Count; i++)
        {
            var leaves = families[i].Family.Leaves.Select(Pairs).ToArray();
            var tails = families[i].Lines.Select(line => Pairs(RowLabels.OfLine(line))).ToArray();
            foreach (var row in axes[rowsOf[i]])
            {
                foreach (var leaf in leaves)
                {
                    foreach (var tail in tails)
                    {
                        Add(row, leaf, tail);
                    }
                }
            }
        }
    }

    /// <summary>Number of sets.</summary>
    public int Count => _starts.Count - 1;

    /// <summary>A set.</summary>
    public ReadOnlySpan<long> this[int index] =>
        CollectionsMarshal.AsSpan(_pairs)[_starts[index].._starts[index + 1]];

    /// <summary>The sets in the order of an index: label by label, name before value.</summary>
    /// <exception cref="InvalidOperationException">Two are equal.</exception>
    public int[] Sort()
    {
        var order = Enumerable.Range(0, Count).ToArray();
        Array.Sort(order, (one, other) => this[one].SequenceCompareTo(this[other]));
        for (var i = 1; i < order.Length; i++)
        {
            if (this[order[i]].SequenceEqual(this[order[i - 1]]))
            {
                throw new InvalidOperationException($"Two series have the labels {Text(order[i])}.");
            }
        }

        return order;
    }

    private long[] Pairs(IEnumerable<Label> labels) =>
        [.. labels.Where(label => label.Value.Length > 0).Select(label => _symbols.Pair(label.Name, label.Value))];

    private void Add(long[] row, long[] leaf, long[] tail)
    {
        _pairs.AddRange(row);
        _pairs.AddRange(leaf);
        _pairs.AddRange(tail);
        CollectionsMarshal.AsSpan(_pairs)[_starts[^1]..].Sort();
        _starts.Add(_pairs.Count);
    }

    private string Text(int index)
    {
        var text = new StringBuilder();
        foreach (var pair in this[index])
        {
            text.Append(text.Length > 0 ? ", " : "{")
                .Append(Encoding.UTF8.GetString(_symbols[SymbolTable.NameOf(pair)])).Append('=')
                .Append(Encoding.UTF8.GetString(_symbols[SymbolTable.ValueOf(pair)]));
        }

        return text.Append('}').ToString();
    }
}
