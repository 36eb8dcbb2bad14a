using System.Text.Json.Nodes;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A duration: a number of seconds, or text such as <c>90s</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
internal sealed class DurationKind(Limits seconds) : ScalarKind
{
    private const double Longest = 10 * 366 * 86400.0;

    /// <inheritdoc />
    public override string Expected =>
        $"a duration {Range}".TrimEnd() + ", in seconds (600) or as text (500ms, 90s, 10m, 2h, 1d, 1h30m)";

    /// <inheritdoc />
    public override string TypeName => "duration";

    /// <inheritdoc />
    public override string Range => string.Join(' ', new[]
    {
        double.IsNaN(seconds.Min) ? "" : $"{(seconds.AboveMin ? ">" : "≥")} {DurationText.Format(TimeSpan.FromSeconds(seconds.Min))}",
        double.IsNaN(seconds.Max) ? "" : $"{(double.IsNaN(seconds.Min) ? "" : "and ")}≤ {DurationText.Format(TimeSpan.FromSeconds(seconds.Max))}",
    }.Where(part => part.Length > 0));

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

        // What is more than 0 may be 0 when it is rounded.
        var rounded = DurationText.FromSeconds(value);
        return seconds.Contains(value) && seconds.Contains(rounded.TotalSeconds) ? rounded : null;
    }

    private static bool TrySeconds(SourceScalar scalar, out double value, out string? hint)
    {
        if (NumberKind.TryNumber(scalar, out value, out hint)) return true;
        return hint is null && scalar.Text.Length <= 64 && DurationText.TrySum(scalar.Text, out value);
    }
}
