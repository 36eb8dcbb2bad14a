using MetricsSim.Configuration;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Reading;

/// <summary>Reads an element of <c>templating.list</c>.</summary>
internal static class VariableReader
{
    private static readonly Dictionary<string, VariableKind> Kinds = new(StringComparer.Ordinal)
    {
        ["datasource"] = VariableKind.Datasource, ["query"] = VariableKind.Query, ["custom"] = VariableKind.Custom, ["constant"] = VariableKind.Constant,
        ["textbox"] = VariableKind.Textbox, ["interval"] = VariableKind.Interval, ["adhoc"] = VariableKind.Adhoc,
    };

    /// <summary>Reads a variable.</summary>
    /// <param name="place">Where it is.</param>
    /// <returns>Null after something wrong was reported.</returns>
    public static DashboardVariable? Read(JsonCursor place)
    {
        var name = place.Line("name");
        if (name.Length == 0 || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
        {
            place.Wrong(name.Length == 0 ? "has no name" : $"name: expected letters, digits and _, got {Quoting.Quote(name)}");
            return null;
        }

        if (!Kinds.TryGetValue(place.Line("type"), out var kind))
        {
            place.Wrong($"type: expected {string.Join(", ", Kinds.Keys)}, got {Quoting.Quote(place.Line("type"))}");
            return null;
        }

        return new DashboardVariable
        {
            Name = name,
            Kind = kind,
            Label = place.Line("label"),
            Query = Query(place),
            Regex = place.Text("regex"),
            Sort = place.Whole("sort", 0, 8) ?? 0,
            Multi = place.Flag("multi"),
            IncludeAll = place.Flag("includeAll"),
            AllValue = place.Text("allValue"),
            Current = place.Object("current") is { } current ? Values(current) : [],
            Options = [.. place.Objects("options").SelectMany(Values).Where(value => value != DashboardVariable.All)],
        };
    }

    /// <summary>
    /// The query as a text. Grafana 10 and later wrap it in an object, with the text in <c>query</c>, or, for newer editors, the parts of
    /// <c>label_values</c>.
    /// </summary>
    private static string Query(JsonCursor place)
    {
        if (place.Find("query") is { IsObject: true } wrapped)
        {
            if (wrapped.Text("query") is { Length: > 0 } text) return text;
            var (label, metric) = (wrapped.Text("label"), wrapped.Text("metric"));
            if (label.Length > 0) return metric.Length > 0 ? $"label_values({metric}, {label})" : $"label_values({label})";
        }
        else if (place.Text("query") is { Length: > 0 } query)
        {
            return query;
        }

        return place.Text("definition");
    }

    /// <summary><c>value</c> is a text or an array of them; a number or a flag is its text.</summary>
    private static IReadOnlyList<string> Values(JsonCursor place) => place.Find("value") switch
    {
        null => [],
        { IsText: true } text => [text.Value()],
        { Element.ValueKind: System.Text.Json.JsonValueKind.Array } => place.Texts("value"),
        { IsObject: true } value => Refused(value),
        var other => [other.Element.GetRawText()],
    };

    private static string[] Refused(JsonCursor value)
    {
        value.Refuse("a text or an array of texts");
        return [];
    }
}
