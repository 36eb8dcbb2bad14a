using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A family as series to push: its rows, and which of its series were there at the last push.</summary>
internal sealed class PushedFamily
{
    private readonly FamilyLines _lines;
    private readonly Symbol[][] _rows;
    private readonly SeriesWriter _series;
    private readonly bool[] _present;
    private readonly ulong[] _sent;
    private readonly int _leaves;
    private readonly int _stride;
    private readonly int _exemplars;
    private readonly Dictionary<LiveRow, PushedRow> _live = new(ReferenceEqualityComparer.Instance);
    private readonly SymbolPool _symbols;
    private long _push;

    /// <summary>Prepares a family.</summary>
    /// <param name="lines">How its cells become samples.</param>
    /// <param name="rows">The labels of its fixed rows, shared with the other families of the axis.</param>
    /// <param name="symbols">Where symbols come from.</param>
    public PushedFamily(FamilyLines lines, Symbol[][] rows, SymbolPool symbols)
    {
        _lines = lines;
        _rows = rows;
        _symbols = symbols;
        _series = new SeriesWriter(lines, symbols);
        _leaves = lines.Family.Leaves.Count;
        _stride = lines.Family.Stride;
        _exemplars = lines.Family.ExemplarsPerSeries;
        _present = new bool[rows.Length * _leaves];
        _sent = new ulong[_present.Length * _exemplars];
    }

    /// <summary>Adds what there is of the family now, and markers for what there was last time.</summary>
    /// <param name="snapshot">The values.</param>
    /// <param name="output">Takes the points.</param>
    public void Write(Snapshot snapshot, SampleOutput output)
    {
        if (snapshot.Live[_lines.Index] is { } live)
        {
            Write(snapshot, live, output);
            return;
        }

        var hidden = snapshot.Hidden[_lines.Index];
        for (var row = 0; row < _rows.Length; row++)
        {
            var there = !snapshot.ExporterDown && hidden?[row] != true;
            Write(snapshot, _rows[row], row, there, _present.AsSpan(row * _leaves, _leaves), output);
        }
    }

    /// <summary>Adds markers for all series that were there last time.</summary>
    /// <param name="output">Takes them.</param>
    public void End(SampleOutput output)
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            End(_rows[row], _present.AsSpan(row * _leaves, _leaves), output);
        }

        foreach (var row in _live.Values)
        {
            End(row.Labels, row.Present, output);
        }
    }

    private void Write(Snapshot snapshot, LiveRowBuffer rows, SampleOutput output)
    {
        _push++;
        for (var slot = 0; slot < rows.Count && !snapshot.ExporterDown; slot++)
        {
            if (rows[slot] is not { } row)
            {
                continue;
            }

            if (!_live.TryGetValue(row, out var pushed))
            {
                _live.Add(row, pushed = new PushedRow(_symbols.Take(((LiveRows)_lines.Family.Rows).LabelsOf(row)), new bool[_leaves]));
            }

            pushed.Push = _push;
            Write(snapshot, pushed.Labels, slot, true, pushed.Present, output);
        }

        foreach (var (row, pushed) in _live)
        {
            if (pushed.Push != _push)
            {
                End(pushed.Labels, pushed.Present, output);
                _symbols.Return(pushed.Labels);
                _live.Remove(row);
            }
        }
    }

    private void Write(Snapshot snapshot, Symbol[] row, int slot, bool there, Span<bool> present, SampleOutput output)
    {
        for (var leaf = 0; leaf < _leaves; leaf++)
        {
            var series = (slot * _leaves) + leaf;
            var cells = snapshot.Columns[_lines.Index].AsSpan(series * _stride, _stride);
            var visible = there && (!_lines.Family.HideUntouched || PartCursor.Touched(cells));
            if (visible)
            {
                // Rows that come and go have no exemplars.
                var exemplars = snapshot.Exemplars[_lines.Index].Length == 0 ? 0 : _exemplars;
                _series.Write(
                    row,
                    leaf,
                    cells,
                    snapshot.Exemplars[_lines.Index].AsSpan(series * exemplars, exemplars),
                    _sent.AsSpan(series * exemplars, exemplars),
                    snapshot,
                    output);
            }
            else if (present[leaf])
            {
                _series.End(row, leaf, output);
            }

            present[leaf] = visible;
        }
    }

    private void End(Symbol[] row, Span<bool> present, SampleOutput output)
    {
        for (var leaf = 0; leaf < _leaves; leaf++)
        {
            if (present[leaf])
            {
                _series.End(row, leaf, output);
            }
        }

        present.Clear();
    }

    /// <summary>A row that comes and goes, while it is there.</summary>
    private sealed class PushedRow(Symbol[] labels, bool[] present)
    {
        public Symbol[] Labels { get; } = labels;

        public bool[] Present { get; } = present;

        public long Push { get; set; }
    }
}
