using System.Text.Encodings.Web;
using System.Text.Json;

namespace MetricsSim.Cli;

/// <summary>JSON as this program prints it: snake_case, indented.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
