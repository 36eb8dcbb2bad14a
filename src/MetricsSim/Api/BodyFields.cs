using System.Globalization;
using System.Text.Json;
using MetricsSim.Configuration;

namespace MetricsSim.Api;

/// <summary>Reads the fields of a request's body one by one, and collects every error on the way.</summary>
/// <param name="body">A JSON object.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class BodyFields(JsonElement body, FieldErrors errors)
{
    private readonly List<string> _known = [];

    /// <summary>A text; null if absent or null.</summary>
    /// <param name="name">Field.</param>
    /// <returns>The text, or null, with an error if it is something else.</returns>
    public string? Text(string name)
    {
        if (!TryGet(name, out JsonElement value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        errors.Add(name, $"must be a text, not {Kind(value)}");
        return null;
    }

    /// <summary>A truth value; null if absent or null.</summary>
    /// <param name="name">Field.</param>
    /// <returns>The value, or null, with an error if it is something else.</returns>
    public bool? Flag(string name)
    {
        if (!TryGet(name, out JsonElement value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        errors.Add(name, $"must be true or false, not {Kind(value)}");
        return null;
    }

    /// <summary>A length of time, in seconds or as a text like <c>10m</c>; null if absent or null.</summary>
    /// <param name="name">Field.</param>
    /// <returns>More than zero, or null, with an error if it is something else.</returns>
    public TimeSpan? Duration(string name)
    {
        if (!TryGet(name, out JsonElement value)) return null;
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when value.TryGetDouble(out double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture),
            _ => null,
        };
        if (text is not null && DurationText.TryParse(text, out TimeSpan duration) && duration > TimeSpan.Zero) return duration;
        errors.Add(name, $"must be {DurationText.Allowed}, more than zero; not {Kind(value)}");
        return null;
    }

    /// <summary>A factor; null if absent or null.</summary>
    /// <param name="name">Field.</param>
    /// <param name="least">Smallest value.</param>
    /// <param name="most">Largest value.</param>
    /// <returns>A number in that range, or null, with an error if it is something else.</returns>
    public double? Factor(string name, double least, double most)
    {
        if (!TryGet(name, out JsonElement value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double factor) && factor >= least && factor <= most) return factor;
        errors.Add(name, $"must be a number from {least} to {most}; not {Kind(value)}");
        return null;
    }

    /// <summary>A seed; null if absent or null.</summary>
    /// <param name="name">Field.</param>
    /// <returns>The seed, or null, with an error if it is something else.</returns>
    public ulong? Seed(string name)
    {
        if (!TryGet(name, out JsonElement value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong seed)) return seed;
        errors.Add(name, $"must be a whole number from 0 to {ulong.MaxValue}; not {Kind(value)}");
        return null;
    }

    /// <summary>Reports the fields that nobody asked for. Call it last.</summary>
    public void RejectUnknown()
    {
        foreach (JsonProperty property in body.EnumerateObject())
            if (!_known.Contains(property.Name, StringComparer.Ordinal)) errors.Add(property.Name, $"is not known here; known are {string.Join(", ", _known)}");
    }

    private bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        return body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText() is { Length: <= 40 } raw ? raw : value.GetRawText()[..40] + "…",
    };
}
