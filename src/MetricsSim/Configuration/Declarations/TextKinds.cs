using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>true or false, as YAML 1.2 has them.</summary>
internal sealed class BoolKind : ScalarKind
{
    /// <inheritdoc />
    public override string Expected => "true or false";

    /// <inheritdoc />
    public override string TypeName => "boolean";

    /// <inheritdoc />
    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => JsonValue.Create((bool)value);

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint)
    {
        hint = null;
        var text = scalar.Text.ToLowerInvariant();
        if (text is "true" or "false")
        {
            if (scalar.Plain) return text == "true";
            hint = "remove the quotes";
        }
        else if (text is "yes" or "on" or "y")
        {
            hint = "since YAML 1.2 that is text; write true";
        }
        else if (text is "no" or "off" or "n")
        {
            hint = "since YAML 1.2 that is text; write false";
        }

        return null;
    }
}

/// <summary>Text; a number or a boolean is taken as it is written.</summary>
internal sealed class TextKind(KeyAttribute key) : ScalarKind
{
    private readonly int _min = double.IsNaN(key.Min) ? 0 : (int)key.Min;
    private readonly int _max = double.IsNaN(key.Max) ? 4096 : (int)key.Max;
    private readonly Regex? _pattern =
        key.Pattern is null ? null : new Regex($"^(?:{key.Pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <inheritdoc />
    public override string Expected => key.PatternText ?? (_min > 0 ? "text" : "text, which may be empty");

    /// <inheritdoc />
    public override string TypeName => "text";

    /// <inheritdoc />
    public override string Range => key.PatternText ?? "";

    /// <inheritdoc />
    public override JsonObject Schema()
    {
        // A plain scalar such as 1.0 is a number to an editor.
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (key.Pattern is not null) schema["pattern"] = $"^(?:{key.Pattern})$";
        if (_min > 0) schema["minLength"] = _min;
        schema["maxLength"] = _max;
        return schema;
    }

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => JsonValue.Create((string)value);

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint)
    {
        hint = null;
        if (scalar.Text.Length > _max)
        {
            hint = $"at most {_max} characters are allowed";
            return null;
        }

        return scalar.Text.Length >= _min && _pattern?.IsMatch(scalar.Text) != false ? scalar.Text : null;
    }
}

/// <summary>One of the names of an enumeration, in snake_case, in any case of letters.</summary>
internal sealed class ChoiceKind : ScalarKind
{
    private readonly OrderedDictionary<string, object> _values = [];
    private readonly Dictionary<string, object> _aliases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the kind of an enumeration.</summary>
    /// <param name="type">The enumeration.</param>
    public ChoiceKind(Type type)
    {
        foreach (var value in Enum.GetValues(type)) _values.Add(Names.Snake(value.ToString()!), value);
        foreach (var (alias, name) in ChoiceAliases.Of(type)) _aliases.Add(alias, _values[name]);
        foreach (var (name, value) in _values) _aliases.TryAdd(name, value);
    }

    /// <inheritdoc />
    public override string Expected => $"one of {string.Join(", ", _values.Keys)}";

    /// <inheritdoc />
    public override string TypeName => "name";

    /// <inheritdoc />
    public override string Range => string.Join(", ", _values.Keys);

    /// <inheritdoc />
    public override JsonObject Schema()
    {
        // Editors compare with case: the usual spellings are listed. A plain true or false is no text to them.
        var names = _values.Keys.Concat(_aliases.Keys).Concat(_aliases.Keys.Select(alias => alias.ToUpperInvariant())).Distinct(StringComparer.Ordinal);
        return new JsonObject
        {
            ["enum"] = new JsonArray([.. names.Select(name => (JsonNode?)(bool.TryParse(name, out var flag) ? flag : name))
                .DistinctBy(name => name!.ToJsonString())]),
        };
    }

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => JsonValue.Create(Names.Snake(value.ToString()!));

    /// <inheritdoc />
    protected override object? TryParse(SourceScalar scalar, out string? hint)
    {
        hint = null;
        if (_aliases.TryGetValue(scalar.Text, out var value)) return value;
        if (Suggestion.Nearest(scalar.Text, _values.Keys) is { } nearest) hint = $"did you mean {nearest}?";
        return null;
    }
}
