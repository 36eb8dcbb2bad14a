using System.Globalization;
using System.Text.Json.Nodes;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A range of numbers, with or without its lower end.</summary>
/// <param name="Min">Least value or NaN.</param>
/// <param name="Max">Largest value or NaN.</param>
/// <param name="AboveMin">Whether the least value is out.</param>
internal readonly record struct Limits(double Min, double Max, bool AboveMin)
{
    /// <summary>The limits a key declares.</summary>
    public static Limits Of(KeyAttribute key) => new(key.Min, key.Max, key.AboveMin);

    /// <summary>Whether a value lies within.</summary>
    public bool Contains(double value) =>
        (double.IsNaN(Min) || (AboveMin ? value > Min : value >= Min)) && (double.IsNaN(Max) || value <= Max);

    /// <summary>"from 1 to 10", "> 0 and ≤ 5", "≥ 0", or empty.</summary>
    public override string ToString() => (double.IsNaN(Min), double.IsNaN(Max)) switch
    {
        (false, false) when !AboveMin => $"from {Text(Min)} to {Text(Max)}",
        (false, false) => $"> {Text(Min)} and ≤ {Text(Max)}",
        (false, true) => $"{(AboveMin ? ">" : "≥")} {Text(Min)}",
        (true, false) => $"≤ {Text(Max)}",
        _ => "",
    };

    /// <summary>Adds the limits to a schema of a number.</summary>
    public JsonObject AddTo(JsonObject schema)
    {
        if (!double.IsNaN(Min)) schema[AboveMin ? "exclusiveMinimum" : "minimum"] = Number(Min);
        if (!double.IsNaN(Max)) schema["maximum"] = Number(Max);
        return schema;
    }

    /// <summary>A number as JSON, whole ones without a point.</summary>
    public static JsonNode Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? JsonValue.Create((long)value) : JsonValue.Create(value);

    // 10000000 reads better than 1E+07.
    private static string Text(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);
}
