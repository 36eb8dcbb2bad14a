using System.Text.Json.Nodes;
using MetricsSim.Configuration.Document;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>How many labels, or a map of labels.</summary>
internal sealed class GroupLabelsKind : ValueKind
{
    private const string Name = "[a-zA-Z_][a-zA-Z0-9_]*";
    private readonly WholeKind _count = new(typeof(int), new Limits(0, 100, false));
    private readonly MapKind _named = new(
        typeof(LabelValuesValue),
        new LabelValuesKind(),
        new KeyAttribute("") { Min = 1, Pattern = Name, PatternText = "a label name" });

    /// <inheritdoc />
    public override string Expected => $"{_count.Expected}, or a map of labels";

    /// <inheritdoc />
    public override string TypeName => "whole number or map";

    /// <inheritdoc />
    public override string Range => _count.Range;

    /// <summary>How values are made, for the documentation.</summary>
    public static RecordKind Made => LabelValuesKind.Made;

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report) => node switch
    {
        SourceScalar { IsNull: false } => _count.Read(node, path, report) is int count ? new GroupLabelsValue(count, null) : null,
        SourceMap => _named.Read(node, path, report) is OrderedDictionary<string, LabelValuesValue> named ? new GroupLabelsValue(named.Count, named) : null,
        _ => Refuse(node, path, report),
    };

    /// <inheritdoc />
    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(_count.Schema(), _named.Schema()) };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => ((GroupLabelsValue)value).Named is { } named ? _named.ToJson(named) : _count.ToJson(((GroupLabelsValue)value).Count);

    /// <inheritdoc />
    public override bool Same(object? left, object? right) =>
        left is null || right is null ? left == right : JsonNode.DeepEquals(ToJson(left), ToJson(right));
}

/// <summary>The values of a label, or how many.</summary>
internal sealed class LabelValuesKind : ValueKind
{
    private readonly TextsKind _listed = new();

    /// <summary>How values are made.</summary>
    public static RecordKind Made { get; } = new(typeof(MadeValuesSection));

    /// <inheritdoc />
    public override string Expected => "a value, a list of values, or a map with the key cardinality";

    /// <inheritdoc />
    public override string TypeName => "values";

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report) => node switch
    {
        SourceMap => Made.Read(node, path, report) is MadeValuesSection made ? new LabelValuesValue(null, made) : null,
        SourceScalar { IsNull: true } => Refuse(node, path, report),
        _ => _listed.Read(node, path, report) is Texts listed ? new LabelValuesValue(listed, null) : null,
    };

    /// <inheritdoc />
    public override JsonObject Schema()
    {
        // Nothing stands for no section elsewhere, but says nothing about values.
        var made = Made.Schema();
        made["type"] = "object";
        var schema = _listed.Schema();
        schema["oneOf"]!.AsArray().Add(made);
        return schema;
    }

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) =>
        value is LabelValuesValue { Listed: { } listed } ? _listed.ToJson(listed) : Made.ToJson(((LabelValuesValue)value).Made!);
}

/// <summary>A time of the day: <c>14:00</c>.</summary>
internal sealed class TimeOfDayKind : ScalarKind
{
    /// <inheritdoc />
    public override string Expected => "a time of the day such as \"14:00\"";

    /// <inheritdoc />
    public override string TypeName => "time of day";

    /// <inheritdoc />
    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$" };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => JsonValue.Create(Text((TimeOnly)value));

    /// <summary>As files have it.</summary>
    public static string Text(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint)
    {
        hint = null;
        return TimeOnly.TryParseExact(scalar.Text, ["HH:mm", "H:mm"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time)
            ? time
            : null;
    }
}
