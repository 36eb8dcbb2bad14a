using System.Globalization;
using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Wire;

/// <summary>One sample as a reader sees it.</summary>
/// <param name="Name">Sample name.</param>
/// <param name="Labels">Labels in page order, unescaped.</param>
/// <param name="Value">The value as a reader's double.</param>
/// <param name="Milliseconds">The timestamp, null without one.</param>
internal sealed record ParsedSample(string Name, IReadOnlyList<Label> Labels, double Value, long? Milliseconds);

/// <summary>What a page says: metadata as <c>TYPE name counter</c>, and samples.</summary>
internal sealed record ParsedPage(IReadOnlyList<string> Metadata, IReadOnlyList<ParsedSample> Samples);

/// <summary>A small strict reader of both text formats; anything it does not expect is an exception.</summary>
internal sealed class PageParser(string text, bool openMetrics)
{
    private int _at;

    public ParsedPage Parse()
    {
        var metadata = new List<string>();
        var samples = new List<ParsedSample>();
        var ended = false;
        while (_at < text.Length)
        {
            Require(!ended, "line after EOF");
            if (text[_at] == '#')
            {
                Expect("# ");
                var keyword = Until(' ', '\n');
                ended = keyword == "EOF";
                metadata.Add(ended ? keyword : ReadMetadata(keyword));
            }
            else
            {
                samples.Add(ReadSample());
            }

            Expect("\n");
        }

        Require(ended == openMetrics, "EOF belongs to OpenMetrics and nowhere else");
        return new(metadata, samples);
    }

    private string ReadMetadata(string keyword)
    {
        Require(keyword is "HELP" or "TYPE" || (keyword == "UNIT" && openMetrics), keyword);
        Expect(" ");
        var name = Name(' ');
        Expect(" ");
        return $"{keyword} {name} {(keyword == "HELP" ? Escaped('\n', openMetrics) : Until('\n'))}";
    }

    private ParsedSample ReadSample()
    {
        // A name in quotes stands between the braces, in front of the labels.
        var quoted = text[_at] == '{';
        if (quoted) _at++;
        var name = quoted ? Name(',', '}') : Until('{', ' ');
        var labels = new List<Label>();
        if (quoted && text[_at] == '}') Expect("}");
        if (text[_at] is '{' or ',')
        {
            do
            {
                _at++;
                var label = Name('=');
                Expect("=\"");
                labels.Add(new(label, Escaped('"', quotes: true)));
                Expect("\"");
            }
            while (text[_at] == ',');
            Expect("}");
        }

        Expect(" ");
        var value = Number(Until(' ', '\n'));
        if (text[_at] == '\n')
        {
            return new(name, labels, value, null);
        }

        Expect(" ");
        var time = decimal.Parse(Until('\n'), CultureInfo.InvariantCulture);
        return new(name, labels, value, (long)(openMetrics ? time * 1000 : time));
    }

    private static double Number(string number) => number switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(number, CultureInfo.InvariantCulture),
    };

    private string Escaped(char end, bool quotes)
    {
        var value = new StringBuilder();
        for (; text[_at] != end; _at++)
        {
            if (text[_at] != '\\')
            {
                Require(text[_at] != '\n', "line feed in a value");
                value.Append(text[_at]);
                continue;
            }

            _at++;
            value.Append(text[_at] switch
            {
                '\\' => '\\',
                'n' => '\n',
                '"' when quotes => '"',
                _ => throw new FormatException($"Unknown escape \\{text[_at]}."),
            });
        }

        return value.ToString();
    }

    /// <summary>A name, in quotes or plain.</summary>
    private string Name(params char[] ends)
    {
        if (text[_at] != '"') return Until(ends);
        _at++;
        var name = Escaped('"', quotes: true);
        Expect("\"");
        return name;
    }

    private string Until(params char[] ends)
    {
        var start = _at;
        _at = text.IndexOfAny(ends, start);
        Require(_at > start, "an empty token");
        return text[start.._at];
    }

    private void Expect(string expected)
    {
        Require(string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0, $"no '{expected}'");
        _at += expected.Length;
    }

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new FormatException($"{what} at {_at} of: {text}");
        }
    }
}
