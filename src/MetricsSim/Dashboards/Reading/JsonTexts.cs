using System.Text.Json;
using MetricsSim.Configuration;

namespace MetricsSim.Dashboards.Reading;

/// <summary>What a JSON parser lets through and readers stumble over.</summary>
internal static class JsonTexts
{
    /// <summary>Reports names and texts with half of a surrogate pair, which JSON may escape but nobody could send or write.</summary>
    /// <param name="element">Where to look.</param>
    /// <param name="path">Its path.</param>
    /// <param name="report">Takes a path and what is wrong there.</param>
    public static void Check(JsonElement element, string path, Action<string, string> report)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (Text(() => property.Name) is { } name) Check(property.Value, $"{path}.{Quoting.Quote(name, quotes: false)}", report);
                    else report(path, "has a name that is not Unicode");
                }

                break;
            case JsonValueKind.Array:
                foreach (var (i, item) in element.EnumerateArray().Index()) Check(item, $"{path}[{i}]", report);
                break;
            case JsonValueKind.String:
                if (Text(() => element.GetString()!) is null) report(path, "is a text that is not Unicode");
                break;
        }
    }

    /// <summary>The parser's reason without the place, which is said otherwise.</summary>
    /// <param name="exception">What it threw.</param>
    public static string Reason(JsonException exception)
    {
        var text = Quoting.Plain(exception.Message);
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private static string? Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
