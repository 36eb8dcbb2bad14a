using System.Text;

namespace MetricsSim.Wire.Reading;

/// <summary>Reads the tokens of one line. Escapes are undone in place, so that every token is a piece of the line.</summary>
/// <param name="line">The line without its line feed; may be changed.</param>
/// <param name="number">Line of the page, from 1.</param>
internal ref struct LineCursor(Span<byte> line, long number)
{
    private readonly Span<byte> _line = line;

    /// <summary>The line.</summary>
    public readonly Span<byte> Line => _line;

    /// <summary>Number of the line.</summary>
    public readonly long Number => number;

    /// <summary>Where the next token begins.</summary>
    public int At { get; private set; }

    /// <summary>Whether the line is over.</summary>
    public readonly bool AtEnd => At == _line.Length;

    /// <summary>The rest of the line.</summary>
    public readonly TextSpan Rest => new(At, _line.Length - At);

    /// <summary>The next byte; 0, which no page has, at the end.</summary>
    public readonly byte Next => AtEnd ? (byte)0 : _line[At];

    /// <summary>Passes blanks and tabs.</summary>
    /// <returns>Whether there were any.</returns>
    public bool SkipBlanks()
    {
        var from = At;
        while (Next is (byte)' ' or (byte)'\t') At++;
        return At > from;
    }

    /// <summary>Passes a byte, if it is the next.</summary>
    public bool Skip(char wanted)
    {
        if (Next != wanted) return false;
        At++;
        return true;
    }

    /// <summary>Passes a byte that must be the next.</summary>
    public void Expect(char wanted, string where)
    {
        if (!Skip(wanted)) throw Fail($"'{wanted}' expected {where}, not {Shown()}");
    }

    /// <summary>A name that needs no quotes.</summary>
    /// <param name="colons">Whether colons are letters, as in names of metrics.</param>
    public TextSpan Name(bool colons)
    {
        var from = At;
        while (char.IsAsciiLetter((char)Next) || Next == '_' || (Next == ':' && colons) || (char.IsAsciiDigit((char)Next) && At > from)) At++;
        if (At == from) throw Fail($"{(colons ? "a metric's" : "a label's")} name expected, not {Shown()}");
        return new(from, At - from);
    }

    /// <summary>A text in quotes, whose first quote is the next byte.</summary>
    public TextSpan Quoted()
    {
        var from = ++At;
        var to = from;
        for (; ; At++)
        {
            if (AtEnd) throw FailAt(from - 1, "a quote that doesn't end in this line: is the page cut off?");
            var next = _line[At];
            if (next == '"') break;
            if (next == '\\') next = Escaped();
            _line[to++] = next;
        }

        At++;
        return new(from, to - from);
    }

    /// <summary>What stands before the next blank.</summary>
    public TextSpan Token()
    {
        var from = At;
        var length = _line[from..].IndexOfAny((byte)' ', (byte)'\t');
        At = length < 0 ? _line.Length : from + length;
        return new(from, At - from);
    }

    /// <summary>The failure that the next token means.</summary>
    public readonly PageSyntaxException Fail(string problem) => FailAt(At, problem);

    /// <summary>The failure that a token means.</summary>
    public readonly PageSyntaxException FailAt(int at, string problem) => new(number, at + 1, problem);

    /// <summary>What comes next, to show.</summary>
    public readonly string Shown()
    {
        if (AtEnd) return "the line's end";
        Rune.DecodeFromUtf8(_line[At..], out var rune, out _);
        return Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'";
    }

    private byte Escaped()
    {
        At++;
        return Next switch
        {
            (byte)'\\' => (byte)'\\',
            (byte)'"' => (byte)'"',
            (byte)'n' => (byte)'\n',
            _ => throw FailAt(At - 1, "unknown escape: \\\\, \\\" and \\n are known"),
        };
    }
}
