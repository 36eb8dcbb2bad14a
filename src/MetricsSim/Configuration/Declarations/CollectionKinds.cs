using System.Collections;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A list of values of one kind.</summary>
internal sealed class ListKind(Type itemType, ValueKind item, KeyAttribute key) : ValueKind
{
    private readonly int _min = double.IsNaN(key.Min) ? 0 : (int)key.Min;

    /// <inheritdoc />
    public override string Expected => _min > 0 ? $"a list of at least {_min}" : "a list";

    /// <inheritdoc />
    public override string TypeName => $"list of {item.TypeName}";

    /// <inheritdoc />
    public override string Range => item.Range;

    /// <inheritdoc />
    public override bool AllowsNothing => true;

    /// <summary>What an item is.</summary>
    public ValueKind Item => item;

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        if (node is not SourceList list || list.Items.Count < _min) return Refuse(node, path, report);
        var values = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var itemPath = $"{path}[{i}]";
            report.Locate(itemPath, list.Items[i].Place);
            // What can't be read leaves a gap, so that the items behind it keep their numbers.
            if (item.Read(list.Items[i], itemPath, report) is { } value) values.Add(value);
            else if (!itemType.IsValueType) values.Add(null);
        }

        return values;
    }

    /// <inheritdoc />
    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (_min > 0) schema["minItems"] = _min;
        return schema;
    }

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => new JsonArray([.. ((IEnumerable)value).Cast<object>().Select(item.ToJson)]);

    /// <inheritdoc />
    public override bool Same(object? left, object? right)
    {
        if (left is null || right is null) return left == right;
        var (a, b) = (((IEnumerable)left).Cast<object>().ToList(), ((IEnumerable)right).Cast<object>().ToList());
        return a.Count == b.Count && a.Zip(b).All(pair => item.Same(pair.First, pair.Second));
    }
}

/// <summary>A map from names the user chooses to values of one kind, in file order.</summary>
internal sealed class MapKind(Type valueType, ValueKind value, KeyAttribute key) : ValueKind
{
    private readonly int _min = double.IsNaN(key.Min) ? 0 : (int)key.Min;
    private readonly Regex? _pattern =
        key.Pattern is null ? null : new Regex($"^(?:{key.Pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly Type _type = typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), valueType);

    /// <inheritdoc />
    public override string Expected => _min > 0 ? "a map with at least one entry" : "a map";

    /// <inheritdoc />
    public override string TypeName => $"map of {value.TypeName}";

    /// <inheritdoc />
    public override string Range => value.Range;

    /// <inheritdoc />
    public override bool AllowsNothing => true;

    /// <summary>What a value is.</summary>
    public ValueKind Value => value;

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        if (node is not SourceMap map) return Refuse(node, path, report);
        var values = (IDictionary)Activator.CreateInstance(_type)!;
        foreach (var entry in map.Entries)
        {
            var entryPath = Report.Join(path, entry.Key);
            report.Locate(entryPath, entry.Value is SourceScalar ? entry.Value.Place : entry.KeyPlace);
            // In a map of text it is an entry like any other.
            if (entry.Key == RecordKind.Description && value is not TextKind) RecordKind.ReadDescription(entry.Value, entryPath, report);
            else if (IsName(entry, entryPath, report) && value.Read(entry.Value, entryPath, report) is { } read) values.Add(entry.Key, read);
        }

        if (values.Count < _min && !report.Failed(path)) report.Error(path, $"expected {Expected}, got none");
        return values;
    }

    /// <inheritdoc />
    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = new JsonArray("object", "null") };
        if (value is not TextKind) schema["properties"] = new JsonObject { [RecordKind.Description] = RecordKind.DescriptionSchema() };
        if (key.Pattern is not null) schema["propertyNames"] = new JsonObject { ["pattern"] = $"^(?:{key.Pattern})$" };
        schema["additionalProperties"] = value.Schema();
        if (_min > 0) schema["minProperties"] = _min;
        return schema;
    }

    /// <inheritdoc />
    public override JsonNode? ToJson(object value1)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in (IDictionary)value1) result[(string)entry.Key] = value.ToJson(entry.Value!);
        return result;
    }

    /// <inheritdoc />
    public override bool Same(object? left, object? right)
    {
        if (left is not IDictionary a || right is not IDictionary b) return left == right;
        return a.Count == b.Count && a.Keys.Cast<string>().All(name => b.Contains(name) && value.Same(a[name], b[name]));
    }

    private bool IsName(SourceEntry entry, string path, Report report)
    {
        if (entry.Key.Length > 0 && _pattern?.IsMatch(entry.Key) != false) return true;
        report.Error(entry.KeyPlace, path, $"expected {(key.Pattern is null ? "a name" : key.PatternText)}, got {Quoting.Quote(entry.Key)}");
        return false;
    }
}
