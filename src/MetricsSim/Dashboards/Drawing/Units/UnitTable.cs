using static MetricsSim.Dashboards.Drawing.Units.UnitFormats;

namespace MetricsSim.Dashboards.Drawing.Units;

/// <summary>
/// Units by the names that Grafana's dashboards use: its documentation lists them under "Standard options", its source under
/// <c>packages/grafana-data/src/valueFormats</c>. A name that isn't among them stands behind the number, as it does there.
/// </summary>
internal static class UnitTable
{
    private const string IsoDate = "yyyy-MM-dd HH:mm:ss";

    private static readonly Dictionary<string, UnitFormat> All = new(StringComparer.Ordinal)
    {
        ["none"] = Fixed(""),
        ["short"] = Short,
        ["sishort"] = Si(""),
        ["percent"] = Fixed("%"),
        ["percentunit"] = Fixed("%", 100),
        ["locale"] = (value, decimals) => new("", value.ToString(decimals is { } d ? $"N{Math.Clamp(d, 0, 15)}" : "#,0.###"), ""),
        ["sci"] = (value, decimals) => new("", value.ToString($"e{Math.Clamp(decimals ?? 2, 0, 15)}"), ""),
        ["bool"] = Either("True", "False"),
        ["bool_yes_no"] = Either("Yes", "No"),
        ["bool_on_off"] = Either("On", "Off"),
        ["currencyUSD"] = Currency("$"),
        ["currencyEUR"] = Currency("€"),
        ["currencyGBP"] = Currency("£"),
        ["currencyJPY"] = Currency("¥"),
        ["ns"] = TimeUnits.Length(1e-9),
        ["µs"] = TimeUnits.Length(1e-6),
        ["ms"] = TimeUnits.Length(1e-3),
        ["s"] = TimeUnits.Length(1),
        ["m"] = TimeUnits.Length(60),
        ["h"] = TimeUnits.Length(3600),
        ["d"] = TimeUnits.Length(86_400),
        ["dtdurationms"] = TimeUnits.Parts(1e-3),
        ["dtdurations"] = TimeUnits.Parts(1),
        ["dthms"] = TimeUnits.HoursMinutesSeconds,
        ["dateTimeAsIso"] = TimeUnits.Date(IsoDate),
        ["dateTimeAsIsoNoDateIfToday"] = TimeUnits.Date(IsoDate),
        ["dateTimeAsUS"] = TimeUnits.Date("MM/dd/yyyy h:mm:ss tt"),
        ["dateTimeAsSystem"] = TimeUnits.Date(IsoDate),
        ["bytes"] = Iec("B"),
        ["kbytes"] = Iec("B", 1),
        ["mbytes"] = Iec("B", 2),
        ["gbytes"] = Iec("B", 3),
        ["bits"] = Iec("b"),
        ["decbytes"] = Si("B"),
        ["deckbytes"] = Si("B", 1),
        ["decmbytes"] = Si("B", 2),
        ["decgbytes"] = Si("B", 3),
        ["decbits"] = Si("b"),
        ["Bps"] = Si("B/s"),
        ["binBps"] = Iec("B/s"),
        ["bps"] = Si("b/s"),
        ["hertz"] = Si("Hz"),
        ["cps"] = Count("c/s"),
        ["ops"] = Count("ops/s"),
        ["reqps"] = Count("req/s"),
        ["rps"] = Count("rd/s"),
        ["wps"] = Count("wr/s"),
        ["iops"] = Count("io/s"),
        ["eps"] = Count("evt/s"),
        ["mps"] = Count("msg/s"),
        ["recps"] = Count("rec/s"),
        ["rowsps"] = Count("rows/s"),
        ["cpm"] = Count("c/m"),
        ["opm"] = Count("ops/m"),
        ["reqpm"] = Count("req/m"),
        ["rpm"] = Count("rd/m"),
        ["wpm"] = Count("wr/m"),
    };

    /// <summary>Writes a value.</summary>
    /// <param name="unit">The unit's name; empty is none.</param>
    /// <param name="value">The value; need not be finite.</param>
    /// <param name="decimals">How many decimals; null for about three significant digits.</param>
    /// <param name="now">The end of what is looked at, seconds since the Unix epoch, for times told from now.</param>
    public static DisplayText Text(string unit, double value, int? decimals, double now = 0)
    {
        if (!double.IsFinite(value)) return new("", FixedNumber.Text(value, null), "");
        return unit == "dateTimeFromNow" ? TimeUnits.FromNow(value, now) : Find(unit)(value, decimals);
    }

    private static UnitFormat Find(string unit)
    {
        if (unit.Length == 0) return All["none"];
        if (All.TryGetValue(unit, out var known)) return known;
        var colon = unit.IndexOf(':', StringComparison.Ordinal);
        var symbol = unit[(colon + 1)..];
        return (colon > 0 ? unit[..colon] : "") switch
        {
            "prefix" => Prefixed(symbol),
            "suffix" => Fixed($" {symbol}"),
            "count" => Count(symbol),
            "currency" => Currency(symbol),
            "si" => Si(symbol),
            "bool" => symbol.Split('/', 2) is [var yes, var no] ? Either(yes, no) : Either(symbol, "-"),
            _ => Fixed($" {unit}"),
        };
    }

    private static UnitFormat Either(string yes, string no) => (value, _) => new("", value != 0 ? yes : no, "");
}
