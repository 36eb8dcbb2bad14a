using MetricsSim.Configuration;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Reading;

/// <summary>Reads <c>fieldConfig</c>.</summary>
internal static class FieldReader
{
    /// <summary>Reads <c>defaults</c>.</summary>
    /// <param name="place">Where they are.</param>
    public static FieldOptions Read(JsonCursor place)
    {
        var (color, thresholds, custom, none) = (place.Object("color"), place.Object("thresholds"), place.Object("custom"), new FieldOptions());
        return new FieldOptions
        {
            Unit = place.Line("unit"),
            Decimals = place.Whole("decimals", 0, 20),
            Min = place.Number("min"),
            Max = place.Number("max"),
            NoValue = place.Line("noValue"),
            DisplayName = place.Line("displayName"),
            ColorMode = color?.Line("mode") ?? "",
            FixedColor = color?.Line("fixedColor") ?? "",
            ThresholdsInPercent = thresholds?.Line("mode") == "percentage",
            Thresholds = [.. (thresholds?.Objects("steps") ?? []).Select(step => new Threshold(step.Number("value"), step.Line("color"))).OrderBy(step => step.Value ?? double.NegativeInfinity)],
            Mappings = [.. place.Objects("mappings").SelectMany(Mappings)],
            DrawStyle = Or(custom?.Line("drawStyle"), none.DrawStyle),
            LineInterpolation = Or(custom?.Line("lineInterpolation"), none.LineInterpolation),
            LineWidth = custom?.Number("lineWidth") ?? none.LineWidth,
            FillOpacity = custom?.Number("fillOpacity") ?? none.FillOpacity,
            Stacking = Or(custom?.Object("stacking")?.Line("mode"), none.Stacking),
            AxisLabel = custom?.Line("axisLabel") ?? "",
            ThresholdStyle = Or(custom?.Object("thresholdsStyle")?.Line("mode"), none.ThresholdStyle),
            Custom = custom?.Element ?? default,
        };
    }

    /// <summary>Reads an element of <c>overrides</c>.</summary>
    /// <param name="place">Where it is.</param>
    public static FieldOverride Override(JsonCursor place)
    {
        var matcher = place.Object("matcher");
        return new(
            matcher?.Line("id") ?? "", matcher?.Find("options")?.Element ?? default,
            [.. place.Objects("properties").Select(property => (property.Line("id"), property.Find("value")?.Element ?? default))]);
    }

    /// <summary>Reads an element of <c>mappings</c>, which may hold several.</summary>
    /// <param name="place">Where it is.</param>
    public static IEnumerable<ValueMapping> Mappings(JsonCursor place)
    {
        if (place.Object("options") is not { } options)
        {
            place.Wrong("has no options");
            return [];
        }

        switch (place.Line("type"))
        {
            case "value":
                return [.. options.Properties().Where(value => value.Value.IsObject).Select(value => Mapping(MappingMatch.Value, value.Name, value.Value))];
            case "range":
                return [Mapping(MappingMatch.Range, "", options.Object("result")) with { From = options.Number("from"), To = options.Number("to") }];
            case "regex":
                return [Mapping(MappingMatch.Regex, options.Text("pattern"), options.Object("result"))];
            case "special":
                return [Mapping(MappingMatch.Special, options.Line("match"), options.Object("result"))];
            default:
                place.Wrong($"type: expected value, range, regex or special, got {Quoting.Quote(place.Line("type"))}");
                return [];
        }
    }

    private static ValueMapping Mapping(MappingMatch match, string value, JsonCursor? result) =>
        new(match, value, null, null, result?.Line("text") ?? "", result?.Line("color") ?? "");

    private static string Or(string? text, string otherwise) => text is { Length: > 0 } ? text : otherwise;
}
