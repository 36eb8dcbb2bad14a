using MetricsSim.Dashboards.Drawing.Units;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>Values read as Grafana writes them: the units' names and suffixes are those of its "Standard options".</summary>
public sealed class UnitTableTests
{
    private const double Now = 1_767_614_400; // 2026-01-05T12:00:00Z

    [Theory]
    [InlineData("", 1234.5678, null, "1235")]
    [InlineData("none", 0.123456, null, "0.123")]
    [InlineData("none", 12, null, "12")]
    [InlineData("none", -0.001, 1, "0.0")]
    [InlineData("short", 950, null, "950")]
    [InlineData("short", 1500, null, "1.50 K")]
    [InlineData("short", 1000, null, "1 K")]
    [InlineData("short", 28_470_000_000, 2, "28.47 Bil")]
    [InlineData("short", -2_500_000, 1, "-2.5 Mil")]
    [InlineData("percent", 12.345, 1, "12.3%")]
    [InlineData("percentunit", 0.0596, null, "5.96%")]
    [InlineData("percentunit", 1, 0, "100%")]
    [InlineData("s", 0, null, "0 s")]
    [InlineData("s", 0.0000002, null, "200 ns")]
    [InlineData("s", 0.00025, null, "250 µs")]
    [InlineData("s", 0.25, null, "250 ms")]
    [InlineData("s", 1.576, 2, "1.58 s")]
    [InlineData("s", 90, null, "1.50 min")]
    [InlineData("s", 3600, null, "1 hour")]
    [InlineData("s", 5400, 1, "1.5 hours")]
    [InlineData("s", 172_800, null, "2 days")]
    [InlineData("ms", 0, null, "0 ms")]
    [InlineData("ms", 2500, null, "2.50 s")]
    [InlineData("m", 90, null, "1.50 hours")]
    [InlineData("dtdurations", 5430, 1, "1 hour, 30 minutes")]
    [InlineData("dthms", 5405, null, "01:30:05")]
    [InlineData("reqps", 12, null, "12 req/s")]
    [InlineData("reqps", 1500, 1, "1.5K req/s")]
    [InlineData("ops", 0.5, null, "0.500 ops/s")]
    [InlineData("currencyUSD", 13_310, 2, "$13.31K")]
    [InlineData("currencyUSD", -2.5, 2, "-$2.50")]
    [InlineData("bytes", 1536, null, "1.50 KiB")]
    [InlineData("decbytes", 1500, null, "1.50 kB")]
    [InlineData("mbytes", 2048, null, "2 GiB")]
    [InlineData("Bps", 2_000_000, null, "2 MB/s")]
    [InlineData("hertz", 0.002, null, "2 mHz")]
    [InlineData("locale", 1234567.5, null, "1,234,567.5")]
    [InlineData("bool_yes_no", 1, null, "Yes")]
    [InlineData("bool:up/down", 0, null, "down")]
    [InlineData("prefix:~", 5, null, "~5")]
    [InlineData("suffix:tok", 5, null, "5 tok")]
    [InlineData("count:tok/s", 5000, null, "5K tok/s")]
    [InlineData("currency:CHF", 5, null, "CHF5")]
    [InlineData("si:W", 5000, null, "5 kW")]
    [InlineData("sessions", 5, null, "5 sessions")]
    [InlineData("dateTimeAsIso", 1_767_571_200_000, null, "2026-01-05 00:00:00")]
    [InlineData("dateTimeFromNow", 1_767_607_200_000, null, "2 hours ago")]
    [InlineData("s", double.PositiveInfinity, null, "∞")]
    [InlineData("currencyUSD", double.NaN, null, "NaN")]
    [InlineData("dateTimeAsIso", 1e300, 0, null)]
    public void Values_read_as_Grafana_writes_them(string unit, double value, int? decimals, string? text)
    {
        var actual = UnitTable.Text(unit, value, decimals, Now).ToString();
        // What is no date is at least a number, however long.
        if (text is null) Assert.StartsWith("1000000", actual, StringComparison.Ordinal);
        else Assert.Equal(text, actual);
    }
}
