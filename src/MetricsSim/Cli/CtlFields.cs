using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>Between the words of a command line, the fields of the API and the cells of a table.</summary>
internal static class CtlFields
{
    /// <summary>A word as the API takes it: a number where it is one, else a text. The daemon says what is wrong with it.</summary>
    /// <param name="word">What was typed, or null.</param>
    /// <returns>The value, or null.</returns>
    public static JsonNode? Value(string? word)
    {
        if (word is null) return null;
        if (ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return JsonValue.Create(whole);
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : JsonValue.Create(word);
    }

    /// <summary>A field as text; a dash for nothing.</summary>
    /// <param name="json">An object.</param>
    /// <param name="name">The field.</param>
    /// <returns>Times without zone if it is UTC, numbers as they came.</returns>
    public static string Text(this JsonElement json, string name) => json.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.Null } => "–",
        { ValueKind: JsonValueKind.String } text when text.TryGetDateTimeOffset(out var time) => Time(time),
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } list => string.Join(", ", list.EnumerateArray().Select(item => item.ToString())),
        { ValueKind: JsonValueKind.Number } number => number.GetDouble().ToString("0.####", CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };

    /// <summary>A field with seconds as a duration.</summary>
    /// <param name="json">An object.</param>
    /// <param name="name">The field.</param>
    /// <returns>E.g. <c>1h30m</c>.</returns>
    public static string Duration(this JsonElement json, string name) => DurationText.Format(TimeSpan.FromSeconds(json.GetProperty(name).GetDouble()));

    /// <summary>The fields of an object on one line.</summary>
    /// <param name="json">An object.</param>
    /// <param name="without">A field that is left out.</param>
    /// <returns>E.g. <c>affected_percentage 50, duration 600</c>.</returns>
    public static string Line(this JsonElement json, string? without = null) => string.Join(
        ", ", json.EnumerateObject().Where(field => field.Name != without).Select(field => $"{field.Name} {json.Text(field.Name)}"));

    /// <summary>A list as a table, or a sentence if it is empty.</summary>
    /// <param name="console">Where it is drawn.</param>
    /// <param name="rows">Objects.</param>
    /// <param name="none">The sentence.</param>
    /// <param name="columns">Headers with what stands below them.</param>
    public static void Table(IAnsiConsole console, JsonElement rows, string none, params (string Header, Func<JsonElement, string> Cell)[] columns)
    {
        if (rows.GetArrayLength() == 0)
        {
            console.WriteLine(none);
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var (header, _) in columns) table.AddColumn(new TableColumn(header));
        foreach (var row in rows.EnumerateArray()) table.AddRow([.. columns.Select(column => Markup.Escape(column.Cell(row)))]);
        console.Write(table);
    }

    /// <summary>A time for people, without zone if it is UTC.</summary>
    /// <param name="time">The time.</param>
    /// <returns>To the second.</returns>
    public static string Time(DateTimeOffset time) =>
        time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
}
