using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Declarations;

/// <summary>Writes the tables of keys in the documentation.</summary>
internal static class DocsWriter
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One table for each section of the configuration, then those of a scenario.</summary>
    public static string Tables()
    {
        var builder = new StringBuilder();
        var root = new RecordKind(typeof(ConfigDocument));
        Header(builder, "Top level");
        foreach (var key in root.Keys) Row(builder, key, key.Name);
        foreach (var key in root.Keys.Where(key => Section(key.Kind) is not null && key.Name != "scenarios"))
        {
            Header(builder, $"`{key.Name}`");
            Rows(builder, key);
            if (key.Name == "series_groups") Groups(builder);
        }

        Header(builder, "Scenarios");
        Rows(builder, new RecordKind(typeof(ScenarioSection)), "");
        Events(builder);
        return builder.ToString().TrimStart('\n');
    }

    private static void Events(StringBuilder builder)
    {
        var events = new VariantKind(typeof(TimelineEntrySection));
        foreach (var (name, kind) in events.Variants)
        {
            if (kind is RecordKind record)
            {
                Header(builder, $"Event `{name}`");
                Rows(builder, record, "");
                continue;
            }

            foreach (var types in ((VariantKind)kind).Variants.GroupBy(fault => fault.Value))
            {
                Header(builder, $"Event `{name}`, type {string.Join(", ", types.Select(fault => $"`{fault.Key}`"))}");
                Rows(builder, (RecordKind)types.Key, "");
            }
        }

        Variants(builder, "Log handler", typeof(LogHandlerSection));
    }

    private static void Groups(StringBuilder builder)
    {
        Header(builder, "Series groups, values of a label that are made");
        Rows(builder, GroupLabelsKind.Made, "");
        Variants(builder, "Series groups, process", typeof(ValuesSection));
        Variants(builder, "Series groups, lifecycle", typeof(LifecycleSection));
    }

    private static void Variants(StringBuilder builder, string title, Type sections)
    {
        foreach (var (name, kind) in new VariantKind(sections).Variants)
        {
            if (((RecordKind)kind).Keys.Count == 0) continue;
            Header(builder, $"{title} `{name}`");
            Rows(builder, (RecordKind)kind, "");
        }
    }

    private static void Header(StringBuilder builder, string title) =>
        builder.Append($"\n### {title}\n\n| key | type | default | allowed | in effect | meaning |\n|---|---|---|---|---|---|\n");

    private static void Rows(StringBuilder builder, KeyDeclaration parent)
    {
        if (Section(parent.Kind) is { } section) Rows(builder, section, parent.Kind is MapKind ? "*." : "", Effect(parent.Attribute));
    }

    private static void Rows(StringBuilder builder, RecordKind section, string prefix, string effect = "yes")
    {
        foreach (var key in section.Keys)
        {
            Row(builder, key, prefix + key.Name, effect);
            if (Section(key.Kind) is not { } inner) continue;
            var suffix = key.Kind is MapKind ? ".*" : key.Kind is ListKind ? "[]" : "";
            Rows(builder, inner, $"{prefix}{key.Name}{suffix}.", effect == "yes" ? Effect(key.Attribute) : effect);
        }
    }

    private static RecordKind? Section(ValueKind kind) => kind switch
    {
        RecordKind record => record,
        MapKind map => Section(map.Value),
        ListKind list => Section(list.Item),
        _ => null,
    };

    private static void Row(StringBuilder builder, KeyDeclaration key, string name, string effect = "yes")
    {
        if (effect == "yes") effect = Effect(key.Attribute);
        builder.Append($"| `{name}` | {Cell(key.Kind.TypeName)} | {Cell(Default(key))} | {Cell(key.Kind.Range)} ");
        builder.Append($"| {effect} | {Cell(key.Attribute.Description)} |\n");
    }

    private static string Effect(KeyAttribute key) => key.Meaningless is not null ? "no meaning" : key.NotYet is not null ? "not yet" : "yes";

    private static string Default(KeyDeclaration key)
    {
        if (key.Attribute.Required) return "must be given";
        if (key.Attribute.WhenAbsent is { } absent && key.Default is null) return absent;
        return key.Default switch
        {
            null => "",
            TimeSpan time => $"`{DurationText.Format(time)}`",
            TimeOnly time => $"`{TimeOfDayKind.Text(time)}`",
            "" => "empty",
            var value when key.Kind is not RecordKind => Code(key, key.Kind.ToJson(value)!),
            _ => "",
        };
    }

    // Maps of sections have tables of their own, and the default file shows them best.
    private static string Code(KeyDeclaration key, JsonNode json) => json switch
    {
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => "none",
        JsonObject or JsonArray when Section(key.Kind) is not null || key.Kind is ListKind { Item: VariantKind } => "see the default file",
        JsonValue value when value.TryGetValue<string>(out var text) => $"`{text}`",
        _ => $"`{json.ToJsonString(Readable)}`",
    };

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
