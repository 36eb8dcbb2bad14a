using System.Reflection;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A section: a map with the keys that a record declares.</summary>
internal sealed class RecordKind : ValueKind
{
    /// <summary>The key that is allowed in every map and means nothing.</summary>
    public const string Description = "description";

    private readonly Type _type;
    private readonly string? _decidedBy;

    /// <summary>Makes the kind of a section.</summary>
    /// <param name="type">A record whose properties carry <see cref="KeyAttribute"/>.</param>
    /// <param name="decidedBy">Keys that were read to choose this section, to be allowed in it.</param>
    /// <param name="without">A declared key that has no place here, or null.</param>
    public RecordKind(Type type, string? decidedBy = null, string? without = null)
    {
        _type = type;
        _decidedBy = decidedBy;
        var defaults = Activator.CreateInstance(type)!;
        Defaults = defaults;
        Keys =
        [
            .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.IsDefined(typeof(KeyAttribute)) && Names.Snake(property.Name) != without)
                // A variant's own keys stand behind those of its base.
                .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)
                .Select(property => new KeyDeclaration(property, property.GetValue(defaults))),
        ];
    }

    /// <summary>Declared keys in the order of declaration.</summary>
    public IReadOnlyList<KeyDeclaration> Keys { get; }

    /// <summary>The section when nothing is given.</summary>
    public object Defaults { get; }

    /// <inheritdoc />
    public override string Expected => $"a map (keys: {string.Join(", ", Keys.Select(key => key.Name))})";

    /// <inheritdoc />
    public override string TypeName => "section";

    /// <inheritdoc />
    public override bool AllowsNothing => true;

    /// <summary>Names that may be written.</summary>
    public IReadOnlyList<string> Allowed =>
        [.. (_decidedBy?.Split(',') ?? []).Concat(Keys.Select(key => key.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>Checks a free-text description that nobody declared.</summary>
    public static void ReadDescription(SourceNode node, string path, Report report)
    {
        if (node is not SourceScalar) report.Error(node.Place, path, $"expected text, got {node.Describe()}");
    }

    /// <summary>The schema of such a description.</summary>
    public static JsonObject DescriptionSchema() => new()
    {
        ["type"] = new JsonArray("string", "number", "boolean", "null"),
        ["description"] = "Free text.",
    };

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        if (node is SourceScalar { IsNull: true }) node = new SourceMap(node.Place, []);
        if (node is not SourceMap map) return Refuse(node, path, report);
        var section = Activator.CreateInstance(_type)!;
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var entryPath = Report.Join(path, entry.Key);
            report.Locate(entryPath, entry.Value is SourceScalar ? entry.Value.Place : entry.KeyPlace);
            given.Add(entry.Key);
            if (Keys.FirstOrDefault(key => key.Name == entry.Key) is { } key) key.ReadInto(section, entry.Value, entryPath, report);
            else if (entry.Key == Description) ReadDescription(entry.Value, entryPath, report);
            else if (_decidedBy?.Split(',').Contains(entry.Key, StringComparer.Ordinal) != true)
                report.Error(entry.KeyPlace, entryPath, Suggestion.Unknown("key", entry.Key, Allowed));
        }

        var place = path.Length == 0 ? node.Place : report.PlaceOf(path);
        foreach (var key in Keys.Where(key => key.Attribute.Required && !given.Contains(key.Name)))
            report.Error(place, Report.Join(path, key.Name), $"missing; expected {key.Kind.Expected}");
        return section;
    }

    /// <inheritdoc />
    public override JsonObject Schema() => SchemaWith([]);

    /// <summary>The schema with keys that were read to choose this section.</summary>
    public JsonObject SchemaWith(IReadOnlyList<KeyValuePair<string, JsonNode?>> deciding)
    {
        var properties = new JsonObject(deciding);
        foreach (var key in Keys) properties[key.Name] = key.Schema();
        if (!properties.ContainsKey(Description)) properties[Description] = DescriptionSchema();
        var names = deciding.Select(key => key.Key).Concat(Keys.Where(key => key.Attribute.Required).Select(key => key.Name));
        var required = new JsonArray([.. names.Select(name => (JsonNode?)JsonValue.Create(name))]);
        var schema = new JsonObject
        {
            ["type"] = required.Count == 0 ? new JsonArray("object", "null") : "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        if (required.Count > 0) schema["required"] = required;
        return schema;
    }

    /// <inheritdoc />
    public override JsonNode? ToJson(object value)
    {
        var result = new JsonObject();
        foreach (var key in Keys) result[key.Name] = key.ToJson(value);
        return result;
    }

    /// <inheritdoc />
    public override bool Same(object? left, object? right) => left is null || right is null
        ? left == right
        : left.GetType() == right.GetType() && Keys.All(key => key.Kind.Same(key.Value(left), key.Value(right)));

    private static int Depth(Type type) => type.BaseType is null ? 0 : 1 + Depth(type.BaseType);
}
