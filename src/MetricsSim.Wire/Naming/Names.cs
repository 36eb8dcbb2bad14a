using System.Globalization;
using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Naming;

/// <summary>Escapes names as prometheus/common does (model, <c>EscapeName</c>): a name that every Prometheus takes is left alone by every scheme.</summary>
internal static class Names
{
    /// <summary>Whether a Prometheus before 3.0 takes the name.</summary>
    /// <param name="name">A metric's or label's name.</param>
    public static bool IsPlain(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!(char.IsAsciiLetter(name[i]) || name[i] is '_' or ':' || (char.IsAsciiDigit(name[i]) && i > 0)))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    /// <summary>The name as a page shows it, without the quotes of text formats.</summary>
    /// <param name="name">A metric's or label's name.</param>
    /// <param name="escaping">The scheme.</param>
    public static string Escape(string name, NameEscaping escaping)
    {
        if (escaping == NameEscaping.AllowUtf8 || name.Length == 0 || IsPlain(name))
        {
            return name;
        }

        var escaped = new StringBuilder(escaping == NameEscaping.Values ? "U__" : "");
        var first = true;
        foreach (var rune in name.EnumerateRunes())
        {
            var plain = rune.IsAscii && ((char)rune.Value is '_' or ':' || char.IsAsciiLetter((char)rune.Value) || (char.IsAsciiDigit((char)rune.Value) && !first));
            escaped.Append(escaping switch
            {
                NameEscaping.Dots when rune.Value == '.' => "_dot_",
                NameEscaping.Dots or NameEscaping.Values when rune.Value == '_' => "__",
                _ when plain => rune.ToString(),
                NameEscaping.Dots => "__",
                NameEscaping.Values => string.Create(CultureInfo.InvariantCulture, $"_{rune.Value:x}_"),
                _ => "_",
            });
            first = false;
        }

        return escaped.ToString();
    }

    /// <summary>The family under the name that a page shows. It is the name of the sample that is escaped, of which OpenMetrics cuts the suffix off.</summary>
    /// <param name="family">A family.</param>
    /// <param name="escaping">The scheme.</param>
    public static MetricFamily Escape(MetricFamily family, NameEscaping escaping)
    {
        var suffix = SuffixOf(family.Type);
        var name = Escape(family.Name + suffix, escaping)[..^suffix.Length];
        return name == family.Name ? family : family with { Name = name };
    }

    /// <summary>What a family's sample has behind the family's name, histograms aside.</summary>
    /// <param name="type">Type of the family.</param>
    public static string SuffixOf(MetricType type) => type switch
    {
        MetricType.Counter => "_total",
        MetricType.Info => "_info",
        _ => "",
    };

    /// <summary>Whether the name ends in the unit, without which no format may tell it. Of an info family none does.</summary>
    /// <param name="family">A family.</param>
    public static bool EndInUnit(MetricFamily family) =>
        !string.IsNullOrEmpty(family.Unit)
        && family.Type != MetricType.Info
        && family.Name.EndsWith("_" + family.Unit, StringComparison.Ordinal);
}
