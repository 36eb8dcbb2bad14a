using System.Reflection;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A declared key: its name, type, range, default, and whether it has an effect.</summary>
internal sealed class KeyDeclaration
{
    /// <summary>What secrets are shown as.</summary>
    public const string Mask = "***";

    private readonly PropertyInfo _property;

    /// <summary>Makes the declaration of a property.</summary>
    /// <param name="property">A property with a <see cref="KeyAttribute"/>.</param>
    /// <param name="defaultValue">Its value in a new section.</param>
    public KeyDeclaration(PropertyInfo property, object? defaultValue)
    {
        _property = property;
        Attribute = property.GetCustomAttribute<KeyAttribute>()!;
        Name = Names.Snake(property.Name);
        Default = defaultValue;
        Kind = Kinds.Of(property.PropertyType, Attribute);
    }

    /// <summary>The key.</summary>
    public string Name { get; }

    /// <summary>What was declared.</summary>
    public KeyAttribute Attribute { get; }

    /// <summary>The type of its value.</summary>
    public ValueKind Kind { get; }

    /// <summary>Its value when the key is absent.</summary>
    public object? Default { get; }

    /// <summary>Its value in a section.</summary>
    public object? Value(object section) => _property.GetValue(section);

    /// <summary>Reads it into a section, and warns if it does nothing.</summary>
    public void ReadInto(object section, SourceNode node, string path, Report report)
    {
        if (node is SourceScalar { IsNull: true } && !Attribute.Required && (Kind.AllowsNothing || Default is null)) return;
        if (Kind.Read(node, path, report) is not { } value) return;
        _property.SetValue(section, value);
        if ((Attribute.NotYet ?? Attribute.Meaningless) is not { } reason || Kind.Same(value, Default)) return;
        report.Warn(path, Attribute.NotYet is null ? $"has no meaning here: {reason}" : $"not in effect yet: {reason}");
    }

    /// <summary>Its schema, with description and default.</summary>
    public JsonObject Schema()
    {
        var schema = Kind.Schema();
        if ((Default is null || Kind.AllowsNothing) && !Attribute.Required) schema = AllowNull(schema);
        schema["description"] = Attribute.Description
            + (Attribute.NotYet is null ? "" : " Not in effect yet.") + (Attribute.Meaningless is null ? "" : " Without meaning here.");
        if (Default is not null && Kind is ScalarKind && !Attribute.Required) schema["default"] = Kind.ToJson(Default);
        return schema;
    }

    /// <summary>Its value in a section as JSON, secrets masked.</summary>
    public JsonNode? ToJson(object section)
    {
        var value = Value(section);
        if (value is null) return null;
        var json = Kind.ToJson(value);
        if (!Attribute.Secret || value is "") return json;
        // The names in a map of secrets (of headers, say) are none.
        return json is JsonObject map
            ? new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(Mask))))
            : JsonValue.Create(Mask);
    }

    private static JsonObject AllowNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue single && schema["enum"] is null)
        {
            schema["type"] = new JsonArray(single.DeepClone(), "null");
            return schema;
        }

        if (schema["type"] is JsonArray several)
        {
            if (!several.Any(type => (string?)type == "null")) several.Add("null");
            return schema;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }
}
