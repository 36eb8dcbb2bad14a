using System.Text.Json;
using MetricsSim.Configuration;

namespace MetricsSim.Dashboards.Reading;

/// <summary>A place in a JSON document that reports what it finds wrong. Null counts as absent, as it does for Grafana.</summary>
internal sealed class JsonCursor
{
    private readonly JsonElement _element;
    private readonly Action<string, string> _report;

    /// <summary>Makes a cursor.</summary>
    /// <param name="element">What is there.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="report">Takes a path and what is wrong there.</param>
    public JsonCursor(JsonElement element, string path, Action<string, string> report) => (_element, Path, _report) = (element, path, report);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What is there.</summary>
    public JsonElement Element => _element;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is a text.</summary>
    public bool IsText => _element.ValueKind == JsonValueKind.String;

    /// <summary>Reports that something is wrong here.</summary>
    /// <param name="message">What, and what is allowed.</param>
    public void Wrong(string message) => _report(Path, message);

    /// <summary>A property, or null if it is absent.</summary>
    /// <param name="name">Its name.</param>
    public JsonCursor? Find(string name) =>
        IsObject && _element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? new JsonCursor(value, $"{Path}.{name}", _report)
            : null;

    /// <summary>A property that must be an object if it is there.</summary>
    /// <param name="name">Its name.</param>
    public JsonCursor? Object(string name) => Kind(name, JsonValueKind.Object, "an object");

    /// <summary>The elements of an array; none if it is absent.</summary>
    /// <param name="name">Its name.</param>
    public IReadOnlyList<JsonCursor> Items(string name) => Kind(name, JsonValueKind.Array, "an array") is { } array
        ? [.. array._element.EnumerateArray().Select((item, i) => new JsonCursor(item, $"{array.Path}[{i}]", _report))]
        : [];

    /// <summary>The objects of an array; other elements are reported.</summary>
    /// <param name="name">Its name.</param>
    public IEnumerable<JsonCursor> Objects(string name)
    {
        foreach (var item in Items(name))
        {
            if (item.IsObject) yield return item;
            else item.Refuse("an object");
        }
    }

    /// <summary>The properties of an object.</summary>
    public IEnumerable<(string Name, JsonCursor Value)> Properties() =>
        _element.EnumerateObject().Select(property => (property.Name, new JsonCursor(property.Value, $"{Path}.{Quoting.Quote(property.Name, quotes: false)}", _report)));

    /// <summary>A text; an empty one if it is absent.</summary>
    /// <param name="name">Its name.</param>
    public string Text(string name) => Kind(name, JsonValueKind.String, "a text") is { } text ? text.Value() : "";

    /// <summary>This text.</summary>
    public string Value() => _element.GetString()!;

    /// <summary>A text on one line; an empty one if it is absent.</summary>
    /// <param name="name">Its name.</param>
    public string Line(string name) => Quoting.Plain(Text(name)).Trim();

    /// <summary>The texts of an array; other elements are reported.</summary>
    /// <param name="name">Its name.</param>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item.IsText) texts.Add(Quoting.Plain(item.Value()));
            else item.Refuse("a text");
        }

        return texts;
    }

    /// <summary>A yes or no; no if it is absent.</summary>
    /// <param name="name">Its name.</param>
    public bool Flag(string name)
    {
        if (Find(name) is not { } flag) return false;
        if (flag._element.ValueKind is JsonValueKind.True or JsonValueKind.False) return flag._element.GetBoolean();
        flag.Refuse("true or false");
        return false;
    }

    /// <summary>A finite number; null if it is absent.</summary>
    /// <param name="name">Its name.</param>
    public double? Number(string name)
    {
        if (Find(name) is not { } number) return null;
        if (number._element.ValueKind == JsonValueKind.Number && number._element.TryGetDouble(out var value) && double.IsFinite(value)) return value;
        number.Refuse("a number");
        return null;
    }

    /// <summary>A whole number within bounds; null if it is absent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">Least value allowed.</param>
    /// <param name="most">Largest value allowed.</param>
    public int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } number) return null;
        if (number._element.ValueKind == JsonValueKind.Number && number._element.TryGetInt32(out var value) && value >= least && value <= most) return value;
        number.Refuse($"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>Reports that what is here should be something else.</summary>
    /// <param name="wanted">What is allowed.</param>
    public void Refuse(string wanted) => Wrong($"expected {wanted}, got {Shown()}");

    private JsonCursor? Kind(string name, JsonValueKind kind, string wanted)
    {
        if (Find(name) is not { } found || found._element.ValueKind == kind) return Find(name);
        found.Refuse(wanted);
        return null;
    }

    private string Shown() => _element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => Quoting.Quote(_element.GetString()!),
        _ => Quoting.Quote(_element.GetRawText(), quotes: false),
    };
}
