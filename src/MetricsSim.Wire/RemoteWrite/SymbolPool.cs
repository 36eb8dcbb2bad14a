using System.Runtime.InteropServices;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>The symbols in use, each once. Those of rows that have gone are given back.</summary>
/// <param name="escaping">What becomes of names in labels, those of metrics included.</param>
internal sealed class SymbolPool(NameEscaping escaping = NameEscaping.AllowUtf8)
{
    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);

    /// <summary>Symbols in use.</summary>
    public int Count => _symbols.Count;

    /// <summary>Takes labels: names and values in turn, sorted by name and without empty values, as Prometheus keeps them.</summary>
    public Symbol[] Take(IEnumerable<Label> labels) =>
        [.. labels.Where(label => label.Value.Length > 0).Select(Escape).OrderBy(label => label.Name, StringComparer.Ordinal)
            .SelectMany(label => (Symbol[])[Take(label.Name), Take(label.Value)])];

    /// <summary>Takes one symbol.</summary>
    public Symbol Take(string text)
    {
        ref var symbol = ref CollectionsMarshal.GetValueRefOrAddDefault(_symbols, text, out _);
        symbol ??= new Symbol(text);
        symbol.Uses++;
        return symbol;
    }

    /// <summary>Gives labels back.</summary>
    public void Return(Symbol[] labels)
    {
        foreach (var symbol in labels)
        {
            if (--symbol.Uses == 0)
            {
                _symbols.Remove(symbol.Text);
            }
        }
    }

    private Label Escape(Label label) => label.Name == RowLabels.MetricName
        ? label with { Value = Names.Escape(label.Value, escaping) }
        : label with { Name = Names.Escape(label.Name, escaping) };
}
