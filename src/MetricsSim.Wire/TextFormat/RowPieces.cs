using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// Cuts the labels of rows into pieces, so that what many rows have is kept once; see <see cref="CutRow"/>. A piece is a label, or labels that
/// stand side by side in few combinations: labels that never change end up in one piece.
/// </summary>
/// <param name="encoding">How labels become bytes.</param>
internal sealed class RowPieces(LabelEncoding encoding)
{
    private const int Own = -1;

    // Values beyond these are rarely those of many rows, and looking for them takes memory.
    private const int MostValues = 1 << 15;

    // So few combinations cost less than the numbers that they save.
    private const int RowsPerCombination = 32;

    private readonly ArrayBufferWriter<byte> _shared = new();
    private readonly List<int> _starts = [0];
    private readonly Dictionary<(int, int), int> _pairs = [];
    private readonly HashSet<string> _newValues = [];
    private readonly HashSet<(int, int)> _newPairs = [];
    private readonly ArrayBufferWriter<byte> _cut = new();
    private readonly ArrayBufferWriter<byte> _own = new();
    private Column[] _columns = [];
    private string[] _values = [];
    private (int, int)[] _sides = [];

    /// <summary>Bytes of the longest row so far.</summary>
    public int LongestRow { get; private set; }

    /// <summary>Bytes of all rows so far, uncut.</summary>
    public long Text { get; private set; }

    /// <summary>Whether all names so far are taken by every Prometheus.</summary>
    public bool HasPlainNames { get; private set; } = true;

    /// <summary>Cuts some rows; those cut before it share their pieces.</summary>
    public RowSegment Cut(ReadOnlySpan<IReadOnlyList<Label>> rows)
    {
        if (_columns.Length == 0)
        {
            _columns = [.. rows[0].Select(label => new Column(label.Name))];
        }

        foreach (var row in rows)
        {
            if (!HasTheseNames(row))
            {
                return Whole(rows);
            }
        }

        var groups = Combine(Number(rows));
        _cut.ResetWrittenCount();
        var starts = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            var length = 0;
            foreach (var (position, numbers) in groups)
            {
                length += numbers[i] == Own ? AppendOwn(rows[i][position], position) : AppendShared(numbers[i]);
            }

            starts[i + 1] = _cut.WrittenCount;
            LongestRow = Math.Max(LongestRow, length);
            Text += length;
        }

        return new RowSegment(_cut.WrittenSpan.ToArray(), starts, IsWhole: false);
    }

    /// <summary>The pieces that all rows share, and where they begin.</summary>
    public (byte[] Bytes, int[] Starts) Shared() => (_shared.WrittenSpan.ToArray(), [.. _starts]);

    private RowSegment Whole(ReadOnlySpan<IReadOnlyList<Label>> rows)
    {
        _cut.ResetWrittenCount();
        var starts = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var position = 0; position < rows[i].Count; position++)
            {
                Append(_cut, rows[i][position], position);
            }

            starts[i + 1] = _cut.WrittenCount;
            LongestRow = Math.Max(LongestRow, starts[i + 1] - starts[i]);
        }

        Text += _cut.WrittenCount;
        return new RowSegment(_cut.WrittenSpan.ToArray(), starts, IsWhole: true);
    }

    /// <summary>Whether a row has the names of the first one in the same order, as the rows of nearly every axis.</summary>
    private bool HasTheseNames(IReadOnlyList<Label> row)
    {
        if (row.Count != _columns.Length)
        {
            return false;
        }

        for (var position = 0; position < _columns.Length; position++)
        {
            if (row[position].Name != _columns[position].Name)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The piece of each label of each row, or <see cref="Own"/>, position by position.</summary>
    private int[][] Number(ReadOnlySpan<IReadOnlyList<Label>> rows)
    {
        var numbers = new int[_columns.Length][];
        if (_values.Length < rows.Length)
        {
            _values = new string[rows.Length];
        }

        for (var position = 0; position < numbers.Length; position++)
        {
            var values = _values.AsSpan(0, rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                values[i] = rows[i][position].Value;
            }

            var (at, column) = (position, _columns[position]);
            numbers[position] = Number<string>(values, column.Pieces, _newValues, MostValues - column.Pieces.Count, value =>
            {
                Append(_shared, new Label(column.Name, value), at);
                return AddShared();
            });
        }

        return numbers;
    }

    /// <summary>Puts neighbours that come in few combinations together.</summary>
    private List<(int Position, int[] Numbers)> Combine(int[][] numbers)
    {
        var groups = new List<(int Position, int[] Numbers)>(numbers.Length);
        for (var position = 0; position < numbers.Length; position++)
        {
            var next = numbers[position];
            if (position > 0 && Combined(groups[^1].Numbers, next) is { } both)
            {
                groups[^1] = (groups[^1].Position, both);
            }
            else
            {
                groups.Add((position, next));
            }
        }

        return groups;
    }

    private int[]? Combined(int[] left, int[] right)
    {
        if (left.Contains(Own) || right.Contains(Own))
        {
            return null;
        }

        if (_sides.Length < left.Length)
        {
            _sides = new (int, int)[left.Length];
        }

        for (var i = 0; i < left.Length; i++)
        {
            _sides[i] = (left[i], right[i]);
        }

        var both = Number<(int, int)>(_sides.AsSpan(0, left.Length), _pairs, _newPairs, Math.Max(1, left.Length / RowsPerCombination), pair =>
        {
            _shared.Write(Piece(pair.Item1));
            _shared.Write(Piece(pair.Item2));
            return AddShared();
        });
        return both.Contains(Own) ? null : both;
    }

    /// <summary>The numbers of keys. Those not seen before get one unless they are too many; then their rows have them alone.</summary>
    private static int[] Number<TKey>(ReadOnlySpan<TKey> keys, Dictionary<TKey, int> known, HashSet<TKey> unknown, int most, Func<TKey, int> add)
        where TKey : notnull
    {
        var numbers = new int[keys.Length];
        unknown.Clear();
        for (var i = 0; i < keys.Length; i++)
        {
            if (!known.TryGetValue(keys[i], out numbers[i]))
            {
                numbers[i] = Own;
                if (unknown.Count <= most)
                {
                    unknown.Add(keys[i]);
                }
            }
        }

        if (unknown.Count == 0 || unknown.Count > most)
        {
            return numbers;
        }

        foreach (var key in unknown)
        {
            known.Add(key, add(key));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            numbers[i] = numbers[i] == Own ? known[keys[i]] : numbers[i];
        }

        return numbers;
    }

    private int AppendOwn(Label label, int position)
    {
        _own.ResetWrittenCount();
        Append(_own, label, position);
        CutRow.AppendOwn(_cut, _own.WrittenSpan);
        return _own.WrittenCount;
    }

    private int AppendShared(int number)
    {
        CutRow.AppendShared(_cut, number);
        return _starts[number + 1] - _starts[number];
    }

    private int AddShared()
    {
        _starts.Add(_shared.WrittenCount);
        return _starts.Count - 2;
    }

    private ReadOnlySpan<byte> Piece(int number) => _shared.WrittenSpan[_starts[number].._starts[number + 1]];

    private void Append(ArrayBufferWriter<byte> output, Label label, int position)
    {
        HasPlainNames = HasPlainNames && Names.IsPlain(label.Name);
        encoding.Append(output, label, position);
    }

    /// <summary>The labels that rows have at one position.</summary>
    /// <param name="Name">Their name.</param>
    private sealed record Column(string Name)
    {
        /// <summary>The piece of each value that rows share.</summary>
        public Dictionary<string, int> Pieces { get; } = new(StringComparer.Ordinal);
    }
}
