using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A duration: a number of seconds, or text such as <c>90s</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
internal sealed partial class DurationKind(Limits seconds) : ScalarKind
{
    private const double Longest = 10 * 366 * 86400.0;

    private static readonly Dictionary<string, double> Units =
        new(StringComparer.Ordinal) { ["ms"] = 0.001, ["s"] = 1, ["m"] = 60, ["h"] = 3600, ["d"] = 86400 };

    /// <inheritdoc />
    public override string Expected =>
        $"a duration {Range}".TrimEnd() + ", in seconds (600) or as text (500ms, 90s, 10m, 2h, 1d, 1h30m)";

    /// <inheritdoc />
    public override string TypeName => "duration";

    /// <inheritdoc />
    public override string Range => string.Join(' ', new[]
    {
        double.IsNaN(seconds.Min) ? "" : $"{(seconds.AboveMin ? ">" : "≥")} {Text(TimeSpan.FromSeconds(seconds.Min))}",
        double.IsNaN(seconds.Max) ? "" : $"{(double.IsNaN(seconds.Min) ? "" : "and ")}≤ {Text(TimeSpan.FromSeconds(seconds.Max))}",
    }.Where(part => part.Length > 0));

    /// <summary>Writes a duration as the file has it, shortest: <c>90s</c>, <c>10m</c>, <c>1h30m</c>.</summary>
    public static string Text(TimeSpan value)
    {
        if (value.Ticks % TimeSpan.TicksPerMillisecond != 0) return $"{value.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}ms";
        if (value.Milliseconds != 0) return $"{(long)value.TotalMilliseconds}ms";
        if (value == TimeSpan.Zero) return "0";
        var total = (long)value.TotalSeconds;
        if (total is < 120 and not 60) return $"{total}s";
        return string.Concat(
            total >= 86400 && total % 86400 == 0 ? $"{total / 86400}d" : total >= 3600 ? $"{total / 3600}h" : "",
            total % 3600 >= 60 ? $"{total % 3600 / 60}m" : "",
            total % 60 != 0 ? $"{total % 60}s" : "");
    }

    /// <inheritdoc />
    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            seconds.AddTo(new JsonObject { ["type"] = "number" }),
            new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$" }),
    };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => Limits.Number(((TimeSpan)value).TotalSeconds);

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint)
    {
        if (!TrySeconds(scalar, out var value, out hint)) return null;
        if (Math.Abs(value) > Longest)
        {
            hint ??= "the longest is 10 years";
            return null;
        }

        return seconds.Contains(value) ? TimeSpan.FromTicks((long)Math.Round(value * TimeSpan.TicksPerSecond)) : null;
    }

    private static bool TrySeconds(SourceScalar scalar, out double value, out string? hint)
    {
        if (NumberKind.TryNumber(scalar, out value, out hint)) return true;
        var match = hint is null && scalar.Text.Length <= 64 ? Pattern().Match(scalar.Text) : Match.Empty;
        if (!match.Success) return false;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
        {
            value += double.Parse(match.Groups["number"].Captures[i].ValueSpan, CultureInfo.InvariantCulture)
                * Units[match.Groups["unit"].Captures[i].Value];
        }

        return true;
    }

    [GeneratedRegex(@"^((?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h|d))+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
