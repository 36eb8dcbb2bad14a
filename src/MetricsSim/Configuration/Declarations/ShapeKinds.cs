using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Configuration.Document;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>Two numbers in order: <c>[low, high]</c>.</summary>
internal sealed class SpanKind(Limits limits) : ValueKind
{
    private readonly NumberKind _number = new(limits);

    /// <inheritdoc />
    public override string Expected => $"[low, high], two numbers {limits}".TrimEnd() + " in order";

    /// <inheritdoc />
    public override string TypeName => "[low, high]";

    /// <inheritdoc />
    public override string Range => limits.ToString();

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        if (node is not SourceList { Items.Count: 2 } list) return Refuse(node, path, report);
        var low = _number.Read(list.Items[0], $"{path}[0]", report);
        var high = _number.Read(list.Items[1], $"{path}[1]", report);
        if (low is not double from || high is not double to) return null;
        if (from <= to) return new NumberSpan(from, to);
        report.Error(node.Place, path, $"expected {Expected}, got [{((SourceScalar)list.Items[0]).Text}, {((SourceScalar)list.Items[1]).Text}]");
        return null;
    }

    /// <inheritdoc />
    public override JsonObject Schema() =>
        new() { ["type"] = "array", ["items"] = _number.Schema(), ["minItems"] = 2, ["maxItems"] = 2 };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) =>
        new JsonArray(Limits.Number(((NumberSpan)value).Low), Limits.Number(((NumberSpan)value).High));
}

/// <summary>Two times of the day: <c>09:00-17:00</c>, <c>["09:00", "17:00"]</c> or, in hours, <c>[9, 17]</c>.</summary>
internal sealed partial class DayHoursKind : ValueKind
{
    private const string TimePattern = "([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00";

    /// <inheritdoc />
    public override string Expected => "times of the day in order, such as \"09:00-17:00\" or, in hours, [9, 17]";

    /// <inheritdoc />
    public override string TypeName => "times of the day";

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        var ends = node switch
        {
            SourceScalar scalar => scalar.Text.Split(['-', '–'], StringSplitOptions.TrimEntries).Select(ParseText).ToList(),
            SourceList list => [.. list.Items.Select(item => item is SourceScalar end ? ParseEnd(end) : null)],
            _ => [],
        };
        if (ends is [{ } start, { } end2] && start < end2) return new DayHours(start, end2);
        return Refuse(node, path, report);
    }

    /// <inheritdoc />
    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["pattern"] = $"^ *({TimePattern}) *[-–] *({TimePattern}) *$" },
            new JsonObject
            {
                ["type"] = "array",
                ["minItems"] = 2,
                ["maxItems"] = 2,
                ["items"] = new JsonObject
                {
                    ["oneOf"] = new JsonArray(
                        new JsonObject { ["type"] = "string", ["pattern"] = $"^({TimePattern})$" },
                        new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 24 }),
                },
            }),
    };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) => JsonValue.Create(((DayHours)value).ToString());

    private static TimeSpan? ParseEnd(SourceScalar scalar)
    {
        if (!NumberKind.TryNumber(scalar, out var hours, out _)) return ParseText(scalar.Text);
        return hours is >= 0 and <= 24 ? TimeSpan.FromMinutes(Math.Round(hours * 60)) : null;
    }

    private static TimeSpan? ParseText(string text)
    {
        if (!Time().IsMatch(text)) return null;
        var parts = text.Split(':');
        return new TimeSpan(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), 0);
    }

    [GeneratedRegex($"^({TimePattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}

/// <summary>One text or a list of texts.</summary>
internal sealed class TextsKind : ValueKind
{
    private readonly TextKind _text = new(new KeyAttribute("") { Min = 1, Max = 1024 });

    /// <inheritdoc />
    public override string Expected => "text, or a list of at least one text";

    /// <inheritdoc />
    public override string TypeName => "text or list of text";

    /// <inheritdoc />
    public override object? Read(SourceNode node, string path, Report report)
    {
        if (node is SourceScalar { IsNull: false }) return _text.Read(node, path, report) is string one ? new Texts([one]) : null;
        if (node is not SourceList { Items.Count: > 0 } list) return Refuse(node, path, report);
        var values = list.Items.Select((item, i) => _text.Read(item, $"{path}[{i}]", report) as string).ToList();
        return values.Contains(null) ? null : new Texts([.. values.OfType<string>()]);
    }

    /// <inheritdoc />
    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(_text.Schema(), new JsonObject { ["type"] = "array", ["items"] = _text.Schema(), ["minItems"] = 1 }),
    };

    /// <inheritdoc />
    public override JsonNode? ToJson(object value) =>
        new JsonArray([.. ((Texts)value).Values.Select(text => (JsonNode?)JsonValue.Create(text))]);

    /// <inheritdoc />
    public override bool Same(object? left, object? right) => left is Texts a && right is Texts b && a.Values.SequenceEqual(b.Values);
}
