using System.Reflection;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A section whose record is chosen by the value of one key; a choice may lead to a further one.</summary>
internal sealed class VariantKind : ValueKind
{
    private readonly string _key;
    private readonly OrderedDictionary<string, ValueKind> _variants = [];

    /// <summary>Makes the kind of a base record.</summary>
    /// <param name="type">An abstract record with <see cref="DecidedByAttribute"/>.</param>
    /// <param name="decidedBy">Keys that led here.</param>
    /// <param name="without">A declared key that has no place here, or null.</param>
    public VariantKind(Type type, string? decidedBy = null, string? without = null)
    {
        _key = type.GetCustomAttribute<DecidedByAttribute>()!.Key;
        var keys = decidedBy is null ? _key : $"{decidedBy},{_key}";
        var variants = type.Assembly.GetTypes().Where(candidate => candidate.BaseType == type).OrderBy(candidate => candidate.MetadataToken);
        foreach (var variant in variants)
        {
            ValueKind kind = variant.IsAbstract ? new VariantKind(variant, keys, without) : new RecordKind(variant, keys, without);
            foreach (var name in variant.GetCustomAttribute<VariantAttribute>()!.Names) _variants.Add(name, kind);
        }
    }

    /// <summary>Values of the deciding key, and what they lead to.</summary>
    public IReadOnlyDictionary<string, ValueKind> Variants => _variants;

    /// <summary>The deciding key.</summary>
    public string Key => _key;

    /// <inheritdoc />
    public override string Expected => $"a map with the key {_key}";

    /// <inheritdoc />
    public override string TypeName => "section";

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        if (node is not SourceMap map) return Refuse(node, path, report);
        var keyPath = Report.Join(path, _key);
        var entry = map.Entries.FirstOrDefault(candidate => candidate.Key == _key);
        if (entry.Value is null)
        {
            report.Error(report.PlaceOf(path), keyPath, $"missing; expected one of {string.Join(", ", _variants.Keys)}");
            return null;
        }

        report.Locate(keyPath, entry.Value.Place);
        if (entry.Value is not SourceScalar { IsNull: false } name)
        {
            report.Error(entry.Value.Place, keyPath, $"expected one of {string.Join(", ", _variants.Keys)}, got {entry.Value.Describe()}");
            return null;
        }

        if (_variants.TryGetValue(name.Text, out var kind))
        {
            var section = kind.Read(node, path, report);
            if (kind is RecordKind && section is IVariant variant) variant.Variant = name.Text;
            return section;
        }

        report.Error(name.Place, keyPath, Suggestion.Unknown(_key, name.Text, [.. _variants.Keys]));
        return null;
    }

    /// <inheritdoc />
    public override JsonObject Schema() => SchemaWith([]);

    /// <inheritdoc />
    public override JsonNode? ToJson(object value)
    {
        foreach (var (name, kind) in _variants)
        {
            var json = kind switch
            {
                RecordKind record when record.Defaults.GetType() == value.GetType() && (value is not IVariant variant || variant.Variant == name) =>
                    record.ToJson(value),
                VariantKind nested => nested.ToJson(value),
                _ => null,
            };
            if (json is JsonObject found)
            {
                found.Insert(0, _key, name);
                return found;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public override bool Same(object? left, object? right) => Equals(left, right)
        || (left is not null && right is not null && JsonNode.DeepEquals(ToJson(left), ToJson(right)));

    private JsonObject SchemaWith(IReadOnlyList<KeyValuePair<string, JsonNode?>> deciding)
    {
        var choices = _variants.GroupBy(variant => variant.Value).Select(group =>
        {
            var names = new JsonArray([.. group.Select(variant => (JsonNode?)JsonValue.Create(variant.Key))]);
            List<KeyValuePair<string, JsonNode?>> keys =
                [.. deciding.Select(key => KeyValuePair.Create(key.Key, key.Value?.DeepClone())), new(_key, new JsonObject { ["enum"] = names })];
            return (JsonNode?)(group.Key is VariantKind nested ? nested.SchemaWith(keys) : ((RecordKind)group.Key).SchemaWith(keys));
        });
        return new JsonObject { ["oneOf"] = new JsonArray([.. choices]) };
    }
}

/// <summary>A section that remembers the value of the key that chose it.</summary>
internal interface IVariant
{
    /// <summary>That value.</summary>
    string Variant { get; set; }
}
