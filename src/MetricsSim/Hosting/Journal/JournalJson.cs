using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MetricsSim.Core.Engine;

namespace MetricsSim.Hosting.Journal;

/// <summary>
/// Records as JSON. The world's commands are written member by member under their types' names, so that a new one needs no code here;
/// what this version doesn't know is refused.
/// </summary>
internal static class JournalJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCommands } },
    };

    /// <summary>The types of commands there are.</summary>
    public static IReadOnlyList<Type> Commands { get; } =
        [.. typeof(WorldCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(WorldCommand)) && !type.IsAbstract)];

    /// <summary>Writes a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>UTF-8 without line breaks.</returns>
    public static byte[] Write(JournalRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, Options);

    /// <summary>Reads a record.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>The record, or null if it is none that this version knows.</returns>
    public static JournalRecord? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalRecord>(json, Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static void NameCommands(JsonTypeInfo info)
    {
        if (info.Type != typeof(WorldCommand)) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "name" };
        foreach (Type type in Commands)
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name)));
    }
}
