using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.Negotiation;

/// <summary>How much one of our formats is wanted: the quality of the most specific element of the header that covers it.</summary>
/// <param name="Quality">0 to 1000 thousandths; 0 excludes.</param>
/// <param name="Order">Place in the header, from 1.</param>
/// <param name="Specificity">0 when nothing in the header covers it; 1 for a wildcard of everything; more for more exact elements.</param>
/// <param name="Escaping">How names are to be escaped; null when the element doesn't say.</param>
internal readonly record struct Preference(int Quality, int Order, int Specificity, NameEscaping? Escaping = null)
{
    public static Preference None => default;

    /// <summary>The more specific of this and an element; among equally specific ones the one wanted most.</summary>
    public Preference Or(QualityItem item, int order, int specificity)
    {
        if (specificity == 0 || specificity < Specificity)
        {
            return this;
        }

        return specificity > Specificity || item.Quality > Quality ? new(item.Quality, order, specificity, EscapingOf(item)) : this;
    }

    /// <summary>Wanted more than another format, or as much and named before it, or as much and the other was not named but by a wildcard.</summary>
    public bool Beats(Preference other) =>
        Quality > other.Quality || (Quality == other.Quality && (other.Specificity <= 2 || Order < other.Order));

    /// <summary>Of two that were named: wanted more than the other, or as much and named before it.</summary>
    public bool Precedes(Preference other) =>
        Quality > other.Quality || (Quality > 0 && Quality == other.Quality && Order < other.Order);

    private static NameEscaping? EscapingOf(QualityItem item) => item.Parameter("escaping") switch
    {
        "underscores" => NameEscaping.Underscores,
        "dots" => NameEscaping.Dots,
        "values" => NameEscaping.Values,
        "allow-utf-8" => NameEscaping.AllowUtf8,
        _ => null,
    };
}
