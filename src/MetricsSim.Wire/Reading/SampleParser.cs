using System.Text;

namespace MetricsSim.Wire.Reading;

/// <summary>
/// Reads lines with a sample: <c>name{label="value",…} value timestamp</c>, or with the name in quotes within the braces
/// (github.com/prometheus/proposals, 2023-08-21-utf8). Blanks may stand wherever text 0.0.4 lets them.
/// </summary>
internal sealed class SampleParser
{
    private const int MostLabels = 1000;

    private readonly LabelSpan[] _labels = new LabelSpan[MostLabels];
    private readonly bool _openMetrics;
    private SampleParser? _exemplars;

    /// <summary>Makes a parser.</summary>
    /// <param name="openMetrics">Whether the page is OpenMetrics.</param>
    public SampleParser(bool openMetrics) => _openMetrics = openMetrics;

    /// <summary>Reads a line.</summary>
    /// <exception cref="PageSyntaxException">It is no sample.</exception>
    public SampleView Read(scoped ref LineCursor cursor, Span<byte> line)
    {
        TextSpan? name = cursor.Next == '{' ? null : cursor.Name(colons: true);
        var blank = cursor.SkipBlanks();
        var count = 0;
        if (cursor.Next == '{')
        {
            var brace = cursor.At;
            (name, count) = Labels(ref cursor, name);
            if (name is null) throw cursor.FailAt(brace, "labels of no metric");
            blank = cursor.SkipBlanks() || !_openMetrics;
        }

        if (!blank) throw cursor.Fail(cursor.AtEnd ? "a name without a value: is the page cut off?" : $"a blank expected behind the name, not {cursor.Shown()}");
        var value = Number(ref cursor, "a value");
        var milliseconds = Timestamp(ref cursor);
        if (cursor.Next == '#' && _openMetrics) Exemplar(ref cursor);
        if (!cursor.AtEnd) throw cursor.Fail($"the line should end here, not go on with {cursor.Shown()}");
        return new SampleView(line, name!.Value, _labels.AsSpan(0, count)) { Value = value, Milliseconds = milliseconds, Line = cursor.Number };
    }

    private (TextSpan? Name, int Count) Labels(scoped ref LineCursor cursor, TextSpan? name)
    {
        cursor.Expect('{', "before the labels");
        var count = 0;
        cursor.SkipBlanks();
        while (!cursor.Skip('}'))
        {
            var from = cursor.At;
            var quoted = cursor.Next == '"';
            var label = quoted ? cursor.Quoted() : cursor.Name(colons: false);
            cursor.SkipBlanks();
            if (quoted && name is null && count == 0 && cursor.Next != '=')
            {
                name = label;
            }
            else
            {
                cursor.Expect('=', "behind a label's name");
                cursor.SkipBlanks();
                if (cursor.Next != '"') throw cursor.Fail($"a value in quotes expected, not {cursor.Shown()}");
                Add(ref cursor, from, count++, new(label, cursor.Quoted()));
            }

            cursor.SkipBlanks();
            if (cursor.Next != '}') cursor.Expect(',', "or '}' behind a label");
            cursor.SkipBlanks();
        }

        return (name, count);
    }

    private void Add(scoped ref LineCursor cursor, int from, int count, LabelSpan label)
    {
        if (count == MostLabels) throw cursor.FailAt(from, $"more than {MostLabels} labels");
        var name = label.Name.Of(cursor.Line);
        if (name.IsEmpty) throw cursor.FailAt(from, "a label's name is empty");
        for (var i = 0; i < count; i++)
        {
            if (_labels[i].Name.Of(cursor.Line).SequenceEqual(name)) throw cursor.FailAt(from, $"label '{Encoding.UTF8.GetString(name)}' twice");
        }

        _labels[count] = label;
    }

    private static double Number(scoped ref LineCursor cursor, string what)
    {
        var from = cursor.At;
        var token = cursor.Token().Of(cursor.Line);
        if (PageNumbers.TryRead(token, out var number)) return number;
        throw cursor.FailAt(from, token.IsEmpty ? $"{what} is missing: is the page cut off?" : $"'{Shown(token)}' is not {what}: a number, NaN, +Inf or -Inf is");
    }

    private long? Timestamp(scoped ref LineCursor cursor)
    {
        if (!cursor.SkipBlanks() || cursor.AtEnd || (cursor.Next == '#' && _openMetrics)) return null;
        var from = cursor.At;
        var token = cursor.Token().Of(cursor.Line);
        var isTime = _openMetrics ? PageNumbers.TryReadSeconds(token, out var time) : PageNumbers.TryReadMilliseconds(token, out time);
        if (!isTime) throw cursor.FailAt(from, $"'{Shown(token)}' is not a timestamp: {(_openMetrics ? "seconds are, in OpenMetrics" : "whole milliseconds are, in text 0.0.4")}");
        cursor.SkipBlanks();
        return time;
    }

    // Read by another parser, so that the sample's labels stay; nobody wants it, but it must be well-formed.
    private void Exemplar(scoped ref LineCursor cursor)
    {
        cursor.Skip('#');
        cursor.SkipBlanks();
        _exemplars ??= new(openMetrics: true);
        _exemplars.Labels(ref cursor, new TextSpan());
        cursor.SkipBlanks();
        Number(ref cursor, "an exemplar's value");
        _exemplars.Timestamp(ref cursor);
    }

    private static string Shown(ReadOnlySpan<byte> token) => Encoding.UTF8.GetString(token[..Math.Min(token.Length, 40)]) + (token.Length > 40 ? "…" : "");
}
