using System.Text;

namespace MetricsSim.Wire.Reading;

/// <summary>
/// Reads lines that begin with <c>#</c>. In text 0.0.4 they are comments unless they say HELP or TYPE; OpenMetrics has UNIT and EOF too, and
/// no comments.
/// </summary>
/// <param name="families">The page's families.</param>
/// <param name="openMetrics">Whether the page is OpenMetrics.</param>
internal sealed class MetadataParser(FamilyTable families, bool openMetrics)
{
    /// <summary>Reads a line.</summary>
    /// <param name="cursor">At the <c>#</c>.</param>
    /// <returns>Whether it was the last of an OpenMetrics page.</returns>
    public bool Read(scoped ref LineCursor cursor)
    {
        cursor.Expect('#', "before metadata");
        cursor.SkipBlanks();
        var from = cursor.At;
        var keyword = Encoding.UTF8.GetString(Cut(cursor.Token().Of(cursor.Line)));
        if (openMetrics && keyword == "EOF")
        {
            if (!cursor.AtEnd) throw cursor.Fail("nothing may stand behind '# EOF'");
            return true;
        }

        if (keyword is not ("HELP" or "TYPE") && !(openMetrics && keyword == "UNIT"))
        {
            if (openMetrics) throw cursor.FailAt(from, "OpenMetrics has no comments but # TYPE, # UNIT, # HELP and # EOF");
            return false;
        }

        cursor.SkipBlanks();
        if (cursor.AtEnd && !openMetrics) return false;
        var place = cursor.At;
        var name = cursor.Next == '"' ? cursor.Quoted() : cursor.Name(colons: true);
        if (!cursor.SkipBlanks() && !cursor.AtEnd) throw cursor.Fail($"a blank expected behind the name, not {cursor.Shown()}");
        var family = families.Declared(name.Of(cursor.Line));
        // Of a gauge x and a counter x_total, as every Go program has them, OpenMetrics calls both x; Prometheus reads them all the same.
        if (openMetrics && family.Samples > 0) family = families.Again(family);
        Declare(ref cursor, keyword, family, place);
        return false;
    }

    private void Declare(scoped ref LineCursor cursor, string keyword, PageFamily family, int place)
    {
        var known = keyword switch { "HELP" => family.DeclaredHelp is not null, "UNIT" => family.DeclaredUnit is not null, _ => family.DeclaredType is not null };
        if (known) throw cursor.FailAt(place, $"a second {keyword} of '{family.Name}'");
        if (keyword != "HELP" && family.Samples > 0) throw cursor.FailAt(place, $"{keyword} of '{family.Name}' behind its samples");
        var rest = cursor.Rest.Of(cursor.Line);
        families.Keep(rest.Length);
        switch (keyword)
        {
            case "HELP":
                family.DeclaredHelp = Unescape(Encoding.UTF8.GetString(rest));
                break;
            case "UNIT":
                family.DeclaredUnit = Encoding.UTF8.GetString(rest);
                break;
            default:
                // A TYPE without a type is no error in text 0.0.4, and says nothing.
                if (!rest.IsEmpty || openMetrics) family.DeclaredType = TypeOf(ref cursor, Encoding.UTF8.GetString(rest).TrimEnd(' ', '\t'));
                break;
        }
    }

    private PageType TypeOf(scoped ref LineCursor cursor, string word) => (openMetrics ? word : word.ToLowerInvariant()) switch
    {
        "counter" => PageType.Counter,
        "gauge" => PageType.Gauge,
        "histogram" => PageType.Histogram,
        "summary" => PageType.Summary,
        "untyped" when !openMetrics => PageType.Unknown,
        "unknown" => PageType.Unknown,
        "info" => PageType.Info,
        "stateset" => PageType.StateSet,
        "gaugehistogram" or "gauge_histogram" => PageType.GaugeHistogram,
        _ => throw cursor.Fail($"unknown type '{Cut(word)}': counter, gauge, histogram, summary or {(openMetrics ? "unknown, info, stateset, gaugehistogram" : "untyped")} is allowed"),
    };

    // Of other escapes the formats and their readers say different things; the text is only shown, so it stays as it is.
    private static string Unescape(string help)
    {
        if (!help.Contains('\\', StringComparison.Ordinal)) return help;
        var text = new StringBuilder(help.Length);
        for (var i = 0; i < help.Length; i++)
        {
            var next = help[i] == '\\' && i + 1 < help.Length ? help[i + 1] : ' ';
            if (next is '\\' or 'n' or '"') i++;
            text.Append(next switch { '\\' => '\\', 'n' => '\n', '"' => '"', _ => help[i] });
        }

        return text.ToString();
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> word) => word[..Math.Min(word.Length, 40)];

    private static string Cut(string word) => word[..Math.Min(word.Length, 40)];
}
