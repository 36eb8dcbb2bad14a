using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// The place in one part of a page. It stands before a line: a family, a series in it, a line of that series; within a histogram also the
/// count that was cumulated so far. A family without visible series is left out with its metadata, as client libraries do.
/// </summary>
internal sealed class PartCursor : IPartCursor
{
    private readonly FamilyBytes[] _families;
    private readonly long[][] _columns;
    private readonly Exemplar[][]? _exemplars;
    private readonly RowMask?[] _hidden;
    private readonly LiveRowBuffer?[] _live;
    private readonly LabelEncoding _encoding;
    private readonly byte[] _lineEnd;
    private readonly byte[] _created;
    private readonly byte[] _row;
    private int _family;
    private bool _opened;
    private int _series;
    private int _line;
    private long _cumulated;

    public PartCursor(FamilyBytes[] families, Snapshot snapshot, TextDialect dialect, LabelEncoding encoding, bool timestamps)
    {
        _families = families;
        _encoding = encoding;
        _columns = snapshot.Columns;
        _exemplars = dialect.HasExemplars ? snapshot.Exemplars : null;
        _hidden = snapshot.Hidden;
        _live = snapshot.Live;
        Span<byte> scratch = stackalloc byte[NumberFormat.MaxLength];
        _created = scratch[..NumberFormat.WriteSeconds(snapshot.CreatedUnixMilliseconds, scratch)].ToArray();
        var stamp = scratch[..(timestamps ? dialect.WriteTimestamp(snapshot.UnixMilliseconds, scratch) : 0)];
        _lineEnd = timestamps ? [(byte)' ', .. stamp, (byte)'\n'] : [(byte)'\n'];
        LongestBlock = _lineEnd.Length;
        _row = RowBytes.Scratch(families, family => family.Rows);
        for (var i = 0; i < _families.Length; i++)
        {
            var longest = _families[i].LongestBlock + (_live[i] is { } rows ? RowsOfNow.Encode(_families[i].Family.Rows, rows, encoding) : 0);
            LongestBlock = Math.Max(LongestBlock, longest + ExemplarText.MaxLength + _lineEnd.Length);
        }
    }

    public int LongestBlock { get; }

    public bool Fill(Span<byte> destination, ref int written)
    {
        for (; _family < _families.Length; _family++, _opened = false, _series = 0)
        {
            var family = _families[_family];
            var complete = _live[_family] is { } live ? Fill(family, new RowsOfNow(live, _encoding), destination, ref written)
                : _hidden[_family] is { } hidden ? Fill(family, new RowsBut(family.Rows, hidden, _row), destination, ref written)
                : Fill(family, new AllRows(family.Rows, _row), destination, ref written);
            if (!complete)
            {
                return false;
            }
        }

        return true;
    }

    private bool Fill<TRows>(FamilyBytes family, TRows rows, Span<byte> destination, ref int written)
        where TRows : struct, IPageRows
    {
        var column = _columns[_family];
        if (!_opened)
        {
            if (!SeekVisible(family.Family, rows, column))
            {
                return true;
            }

            if (destination.Length - written < family.Metadata.Length)
            {
                return false;
            }

            family.Metadata.CopyTo(destination[written..]);
            written += family.Metadata.Length;
            _opened = true;
        }

        var exemplars = _exemplars is null ? [] : _exemplars[_family].AsSpan();
        return family.Lines.Length == 1 && exemplars.IsEmpty
            ? FillSingle(family, rows, column, destination, ref written)
            : FillMany(family, rows, column, exemplars, destination, ref written);
    }

    /// <summary>Families with one line per series: nearly all of a page.</summary>
    private bool FillSingle<TRows>(FamilyBytes family, TRows rows, ReadOnlySpan<long> column, Span<byte> destination, ref int written)
        where TRows : struct, IPageRows
    {
        ReadOnlySpan<byte> head = family.Lines[0].Head;
        ReadOnlySpan<byte> lineEnd = _lineEnd;
        var hide = family.Family.HideUntouched;
        var leaves = family.Family.Leaves.Count;
        var reserve = head.Length + NumberFormat.MaxLength + lineEnd.Length;
        var number = family.Number;
        var position = written;
        var (row, leaf) = Math.DivRem(_series, leaves);
        for (; row < rows.Count; row++, leaf = 0)
        {
            if (!rows.Has(row))
            {
                _series += leaves - leaf;
                continue;
            }

            var labels = rows.Labels(row);
            for (; leaf < leaves; leaf++, _series++)
            {
                var cell = column[_series];
                if (cell == 0 && hide)
                {
                    continue;
                }

                var tail = family.Tail(leaf, 0);
                if (destination.Length - position < reserve + labels.Length + tail.Length)
                {
                    written = position;
                    return false;
                }

                position += WriteName(head, labels, tail, destination[position..]);
                position += number.Write(cell, destination[position..]);
                lineEnd.CopyTo(destination[position..]);
                position += lineEnd.Length;
            }
        }

        written = position;
        return true;
    }

    /// <summary>Families with several lines per series, histograms and counters with <c>_created</c>, and those with exemplars.</summary>
    private bool FillMany<TRows>(
        FamilyBytes family, TRows rows, ReadOnlySpan<long> column, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination, ref int written)
        where TRows : struct, IPageRows
    {
        var leaves = family.Family.Leaves.Count;
        var stride = family.Family.Stride;
        var end = rows.Count * leaves;
        var perSeries = family.Family.ExemplarsPerSeries;
        var reserve = NumberFormat.MaxLength + _lineEnd.Length + (exemplars.IsEmpty ? 0 : ExemplarText.MaxLength);
        for (; _series < end; _series++, _line = 0, _cumulated = 0)
        {
            var cells = column.Slice(_series * stride, stride);
            var (row, leaf) = Math.DivRem(_series, leaves);
            if (_line == 0 && !IsVisible(family.Family, rows, row, cells))
            {
                continue;
            }

            var labels = rows.Labels(row);
            for (; _line < family.Lines.Length; _line++)
            {
                var (_, head, kind, _) = family.Lines[_line];
                var tail = family.Tail(leaf, _line);
                if (destination.Length - written < head.Length + labels.Length + tail.Length + reserve)
                {
                    return false;
                }

                written += WriteName(head, labels, tail, destination[written..]);
                written += WriteValue(kind, family.Number, cells, destination[written..]);
                _lineEnd.CopyTo(destination[written..]);
                written += _lineEnd.Length;
                if (!exemplars.IsEmpty && kind is SampleKind.Value or SampleKind.Bucket)
                {
                    // In front of the line feed.
                    written += ExemplarText.Write(exemplars[(_series * perSeries) + _line], family.Number, destination[(written - 1)..]);
                }
            }
        }

        return true;
    }

    private int WriteValue(SampleKind kind, NumberFormat number, ReadOnlySpan<long> cells, Span<byte> destination)
    {
        switch (kind)
        {
            case SampleKind.Bucket:
                _cumulated += cells[_line];
                return NumberFormat.WriteInteger(_cumulated, destination);
            case SampleKind.Count:
                return NumberFormat.WriteInteger(_cumulated, destination);
            case SampleKind.Quantile:
                return NumberFormat.WriteDouble(BitConverter.Int64BitsToDouble(cells[_line]), destination);
            case SampleKind.Observations:
                return NumberFormat.WriteInteger(cells[^2], destination);
            case SampleKind.Created:
                _created.CopyTo(destination);
                return _created.Length;
            default:
                return number.Write(cells[^1], destination);
        }
    }

    /// <summary>
    /// A row without labels takes the comma from the tail. Without any labels a plain name takes the braces too, a quoted one, which stands
    /// between them, its comma.
    /// </summary>
    private static int WriteName(ReadOnlySpan<byte> head, ReadOnlySpan<byte> row, ReadOnlySpan<byte> tail, Span<byte> destination)
    {
        if (row.IsEmpty)
        {
            var bare = tail.Length == 2;
            tail = bare && head[^1] == (byte)',' ? tail : tail[1..];
            head = bare ? head[..^1] : head;
        }

        head.CopyTo(destination);
        row.CopyTo(destination[head.Length..]);
        tail.CopyTo(destination[(head.Length + row.Length)..]);
        return head.Length + row.Length + tail.Length;
    }

    /// <summary>Moves to the family's first series that is written.</summary>
    /// <returns>False when there is none.</returns>
    private bool SeekVisible<TRows>(MetricFamily family, TRows rows, ReadOnlySpan<long> column)
        where TRows : struct, IPageRows
    {
        var stride = family.Stride;
        var leaves = family.Leaves.Count;
        var end = rows.Count * leaves;
        while (_series < end && !IsVisible(family, rows, _series / leaves, column.Slice(_series * stride, stride)))
        {
            _series++;
        }

        return _series < end;
    }

    private static bool IsVisible<TRows>(MetricFamily family, TRows rows, int row, ReadOnlySpan<long> cells)
        where TRows : struct, IPageRows =>
        rows.Has(row) && (!family.HideUntouched || Touched(cells));

    /// <summary>Whether a series saw an event: its value, or any of a histogram's counts, is not 0.</summary>
    public static bool Touched(ReadOnlySpan<long> cells) => cells[..Math.Max(1, cells.Length - 1)].ContainsAnyExcept(0L);
}
