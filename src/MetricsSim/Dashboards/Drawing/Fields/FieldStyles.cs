using System.Text.Json;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Reading;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>Works out how each field of a panel looks.</summary>
/// <param name="panel">The panel.</param>
/// <param name="now">The end of what is shown, seconds since the Unix epoch.</param>
internal sealed class FieldStyles(Panel panel, double now)
{
    private const string CustomPrefix = "custom.";

    /// <summary>The style of a field.</summary>
    /// <param name="name">Its name before overrides.</param>
    /// <param name="refId">The query it is of; empty for several.</param>
    /// <param name="isNumber">Whether its values are numbers.</param>
    public FieldStyle Of(string name, string refId, bool isNumber = true)
    {
        var options = panel.Field;
        var custom = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (id, value) in panel.Overrides.Where(given => Fits(given, name, refId, isNumber)).SelectMany(given => given.Properties))
        {
            if (id.StartsWith(CustomPrefix, StringComparison.Ordinal)) custom[id[CustomPrefix.Length..]] = value;
            options = With(options, id, value);
        }

        return new() { Options = options, Custom = custom, Now = now };
    }

    // What is wrong with an override takes nothing from the rest of the picture.
    private static void Ignore(string path, string message)
    {
    }

    private static bool Fits(FieldOverride given, string name, string refId, bool isNumber) => given.Matcher switch
    {
        "byName" => given.Match.AsText() == name,
        "byRegexp" => given.Match.AsText() is { } pattern && ValueMappings.Matches(pattern, name),
        "byFrameRefID" => given.Match.AsText() == refId,
        "byType" => given.Match.AsText() == (isNumber ? "number" : "string"),
        "byNames" => given.Match.At("names").AsTexts().Contains(name),
        _ => false,
    };

    private static FieldOptions With(FieldOptions options, string id, JsonElement value) => id switch
    {
        "unit" => options with { Unit = value.AsText() ?? "" },
        "decimals" => options with { Decimals = (int?)value.AsNumber() },
        "min" => options with { Min = value.AsNumber() },
        "max" => options with { Max = value.AsNumber() },
        "noValue" => options with { NoValue = value.AsText() ?? "" },
        "displayName" => options with { DisplayName = value.AsText() ?? "" },
        "color" => options with { ColorMode = value.At("mode").AsText() ?? options.ColorMode, FixedColor = value.At("fixedColor").AsText() ?? "" },
        "thresholds" => options with
        {
            ThresholdsInPercent = value.At("mode").AsText() == "percentage",
            Thresholds = [.. value.At("steps").AsList().Select(step => new Threshold(step.At("value").AsNumber(), step.At("color").AsText() ?? ""))],
        },
        "mappings" => options with { Mappings = [.. value.AsList().SelectMany(mapping => FieldReader.Mappings(new JsonCursor(mapping, id, Ignore)))] },
        "custom.drawStyle" => options with { DrawStyle = value.AsText() ?? options.DrawStyle },
        "custom.lineInterpolation" => options with { LineInterpolation = value.AsText() ?? options.LineInterpolation },
        "custom.lineWidth" => options with { LineWidth = value.AsNumber() ?? options.LineWidth },
        "custom.fillOpacity" => options with { FillOpacity = value.AsNumber() ?? options.FillOpacity },
        "custom.stacking" => options with { Stacking = value.At("mode").AsText() ?? options.Stacking },
        "custom.thresholdsStyle" => options with { ThresholdStyle = value.At("mode").AsText() ?? options.ThresholdStyle },
        _ => options,
    };
}
