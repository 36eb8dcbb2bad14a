using System.Buffers;
using System.Text;
using System.Text.Json;
using MetricsSim.Configuration;

namespace MetricsSim.Logging;

/// <summary>Something that was logged.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Level">How bad.</param>
/// <param name="Category">By whom.</param>
/// <param name="EventId">Number of the message; 0 for none.</param>
/// <param name="Message">The message.</param>
/// <param name="Exception">What was thrown, or null.</param>
/// <param name="Fields">The message's values by name, or null.</param>
internal sealed record LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    string Category,
    int EventId,
    string Message,
    Exception? Exception,
    IReadOnlyList<KeyValuePair<string, object?>>? Fields);

/// <summary>How entries look as lines.</summary>
internal static class LogLine
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The formatter of a format.</summary>
    /// <param name="format">The format.</param>
    /// <returns>Makes a line of an entry.</returns>
    public static Func<LogEntry, string> Formatter(LogFormat format) => format == LogFormat.Json ? Json : Text;

    /// <summary><c>time level category: message</c>; an exception follows on lines of its own, indented.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>One line, or more with an exception.</returns>
    public static string Text(LogEntry entry)
    {
        string line = $"{entry.Time.UtcDateTime.ToString(TimeFormat)} {Name(entry.Level),-8} {entry.Category}: {OneLine(entry.Message)}";
        return entry.Exception is null ? line : $"{line}\n    {entry.Exception.ToString().ReplaceLineEndings("\n    ")}";
    }

    /// <summary>One JSON object: time, level, category, event_id, message, the message's values under <c>fields</c>, exception.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>One line.</returns>
    public static string Json(LogEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("time", entry.Time.UtcDateTime.ToString(TimeFormat));
            json.WriteString("level", Name(entry.Level));
            json.WriteString("category", entry.Category);
            if (entry.EventId != 0) json.WriteNumber("event_id", entry.EventId);
            json.WriteString("message", entry.Message);
            WriteFields(json, entry.Fields ?? []);
            if (entry.Exception is not null) json.WriteString("exception", entry.Exception.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        KeyValuePair<string, object?>[] named = [.. fields.Where(field => field.Key != "{OriginalFormat}")];
        if (named.Length == 0) return;
        json.WriteStartObject("fields");
        foreach ((string key, object? value) in named)
        {
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
            if (value is int or long) json.WriteNumber(name, Convert.ToInt64(value));
            else if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
            else json.WriteString(name, value is IFormattable formattable ? formattable.ToString(null, null) : value?.ToString());
        }

        json.WriteEndObject();
    }

    // A value from outside must not be able to forge a line.
    private static string OneLine(string message) => message.ReplaceLineEndings("\\n");

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
