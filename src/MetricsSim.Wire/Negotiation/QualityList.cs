namespace MetricsSim.Wire.Negotiation;

/// <summary>
/// Walks the elements of a header such as <c>text/plain;version=0.0.4;q=0.5, */*;q=0.1</c> in one pass without allocating. Elements with
/// a quality that is not a number from 0 to 1 are skipped. At most <see cref="Limit"/> characters are looked at; an element cut by that is skipped.
/// </summary>
internal ref struct QualityList
{
    private const int Limit = 8192;
    private ReadOnlySpan<char> _rest;
    private readonly bool _cut;

    public QualityList(string? header)
    {
        _rest = header;
        if (_rest.Length > Limit)
        {
            _rest = _rest[..Limit];
            _cut = true;
        }

        Current = default;
    }

    public QualityItem Current { get; private set; }

    public readonly QualityList GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = IndexOutsideQuotes(_rest, ',');
            if (end < 0 && _cut)
            {
                return false;
            }

            var element = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            if (TryParse(element, out var item))
            {
                Current = item;
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<char> element, out QualityItem item)
    {
        var name = MemoryExtensions.Trim(Next(ref element));
        var quality = 1000;
        var rest = element;
        while (NextParameter(ref rest, out var key, out var value))
        {
            if (key.Equals("q", StringComparison.OrdinalIgnoreCase) && !TryParseQuality(value, out quality))
            {
                item = default;
                return false;
            }
        }

        item = new QualityItem(name, element, quality);
        return !name.IsEmpty;
    }

    /// <summary>Takes the next <c>key=value</c> off an element.</summary>
    /// <returns>False when there is none.</returns>
    public static bool NextParameter(scoped ref ReadOnlySpan<char> element, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        while (!element.IsEmpty)
        {
            var parameter = Next(ref element);
            var equals = parameter.IndexOf('=');
            if (equals >= 0)
            {
                key = parameter[..equals].Trim();
                value = parameter[(equals + 1)..].Trim();
                return true;
            }
        }

        key = value = [];
        return false;
    }

    /// <summary>Takes the text up to the next semicolon off the element.</summary>
    private static ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> element)
    {
        var end = IndexOutsideQuotes(element, ';');
        var part = end < 0 ? element : element[..end];
        element = end < 0 ? [] : element[(end + 1)..];
        return part;
    }

    private static bool TryParseQuality(ReadOnlySpan<char> text, out int thousandths)
    {
        // RFC 9110, 12.4.2: 0 or 1, then up to three decimals; more decimals, which some clients send, are cut.
        thousandths = 0;
        if (text.IsEmpty || text[0] is not ('0' or '1') || (text.Length > 1 && text[1] != '.'))
        {
            return false;
        }

        thousandths = (text[0] - '0') * 1000;
        var weight = 100;
        foreach (var digit in text.Length > 2 ? text[2..] : [])
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            thousandths += (digit - '0') * weight;
            weight /= 10;
        }

        return thousandths <= 1000;
    }

    /// <summary>Where a separator stands outside of a quoted string, in which a backslash escapes the next character; −1 if nowhere.</summary>
    private static int IndexOutsideQuotes(ReadOnlySpan<char> text, char separator)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (quoted && text[i] == '\\')
            {
                i++;
            }
            else if (!quoted && text[i] == separator)
            {
                return i;
            }
        }

        return -1;
    }
}
