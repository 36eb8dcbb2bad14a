using System.Globalization;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>Turns the cells of one series of a family into what is pushed of it: its lines, and its native histogram.</summary>
internal sealed class SeriesWriter
{
    private readonly FamilyLines _lines;
    private readonly SampleLine[] _written;
    private readonly Symbol[][] _tails;
    private readonly Symbol[][] _nativeTails = [];
    private readonly HistogramMessage? _native;
    private readonly SeriesFacts _facts;
    private readonly bool _counts;
    private readonly ulong[] _values;
    private readonly SeriesPoint _point = new();

    /// <summary>Prepares a family.</summary>
    /// <param name="lines">How its cells become samples.</param>
    /// <param name="symbols">Where symbols come from.</param>
    public SeriesWriter(FamilyLines lines, SymbolPool symbols)
    {
        _lines = lines;
        var family = lines.Family;
        _written = family is { Native: not null, NativeOnly: true } ? [] : [.. lines.Lines];
        _tails = [.. family.Leaves.SelectMany(leaf => _written.Select(line => symbols.Take(leaf.Concat(RowLabels.OfLine(line)))))];
        _facts = new SeriesFacts(MetadataMessage.TypeOf(family.Type), symbols.Take(family.Help), symbols.Take(family.Unit ?? ""));
        _counts = family.HasCreated;
        _values = new ulong[lines.Count];
        if (family.Native is { } buckets)
        {
            _native = new HistogramMessage(buckets);
            _nativeTails = [.. family.Leaves.Select(leaf => symbols.Take(leaf.Append(new Label(RowLabels.MetricName, family.Name))))];
        }
    }

    /// <summary>Adds a series that is there.</summary>
    /// <param name="row">Labels of its row.</param>
    /// <param name="leaf">Its leaf.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="exemplars">Its exemplars, or none.</param>
    /// <param name="sent">For each exemplar the trace that was sent last; is brought up to date.</param>
    /// <param name="snapshot">Where the cells are from.</param>
    /// <param name="output">Takes the points.</param>
    public void Write(
        Symbol[] row, int leaf, ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars, Span<ulong> sent, Snapshot snapshot, SampleOutput output)
    {
        _lines.Convert(cells, snapshot, _values, 1);
        var start = _counts ? output.Start : 0;
        for (var line = 0; line < _written.Length; line++)
        {
            _point.SetSample(_values[line], output.Time, start);
            var mayHaveExemplar = line < exemplars.Length && _written[line].Kind is SampleKind.Value or SampleKind.Bucket;
            if (mayHaveExemplar)
            {
                AddExemplar(exemplars[line], sent[line], output.Clock);
            }

            var isLate = Add(row, _tails[(leaf * _written.Length) + line], output);

            // The exemplar of a late sample goes with the next one, but where the native histogram has it already.
            if (mayHaveExemplar && !isLate && _native is null)
            {
                sent[line] = exemplars[line].TraceLow;
            }
        }

        if (_native is not null)
        {
            _native.Set(_lines.Family.NativeCells(cells), _lines.Single(cells[^1]), output.Time, start, _point);
            for (var i = 0; i < exemplars.Length; i++)
            {
                AddExemplar(exemplars[i], sent[i], output.Clock);
            }

            _point.Exemplars.Sort(static (a, b) => a.Time.CompareTo(b.Time));
            Add(row, _nativeTails[leaf], output);
            for (var i = 0; i < exemplars.Length; i++)
            {
                sent[i] = exemplars[i].TraceLow;
            }
        }
    }

    /// <summary>Adds markers for a series that is there no more.</summary>
    /// <param name="row">Labels of its row.</param>
    /// <param name="leaf">Its leaf.</param>
    /// <param name="output">Takes them.</param>
    public void End(Symbol[] row, int leaf, SampleOutput output)
    {
        _point.IsEnd = true;
        for (var line = 0; line < _written.Length; line++)
        {
            _point.SetSample(SampleValue.StaleNaN, output.Time, 0);
            Add(row, _tails[(leaf * _written.Length) + line], output);
        }

        if (_native is not null)
        {
            _native.Set([], SampleValue.StaleNaN, output.Time, 0, _point);
            Add(row, _nativeTails[leaf], output);
        }

        _point.IsEnd = false;
    }

    private bool Add(Symbol[] row, Symbol[] tail, SampleOutput output)
    {
        var isLate = output.Add(_facts, row, tail, _point);
        _point.Exemplars.Clear();
        return isLate;
    }

    private void AddExemplar(in Exemplar exemplar, ulong sent, PushClock clock)
    {
        if (!exemplar.IsPresent || exemplar.TraceLow == sent)
        {
            return;
        }

        var trace = string.Create(CultureInfo.InvariantCulture, $"{exemplar.TraceHigh:x16}{exemplar.TraceLow:x16}");
        _point.Exemplars.Add(new PushedExemplar(new Symbol(trace), _lines.Single(exemplar.Value), Math.Max(0, clock.Of(exemplar.At))));
    }
}
