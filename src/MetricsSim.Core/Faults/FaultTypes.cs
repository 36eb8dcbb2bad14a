namespace MetricsSim.Core.Faults;

/// <summary>Names of fault types, and which of them break the world rather than its telemetry.</summary>
public static class FaultTypes
{
    private static readonly Dictionary<string, FaultType> ByName = Enum.GetValues<FaultType>().ToDictionary(SnakeCase, StringComparer.Ordinal);

    /// <summary>All names, in snake_case, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<FaultType>().Select(SnakeCase)];

    /// <summary>Finds a type by its snake_case name.</summary>
    /// <param name="name">E.g. <c>model_outage</c>.</param>
    /// <param name="type">The type, when found.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string name, out FaultType type) => ByName.TryGetValue(name, out type);

    /// <summary>The type's name in files and on the wire.</summary>
    /// <param name="type">The type.</param>
    /// <returns>E.g. <c>model_outage</c>.</returns>
    public static string SnakeCase(this FaultType type) =>
        string.Concat(type.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>Whether the type breaks what is simulated, not just what is told of it.</summary>
    /// <param name="type">The type.</param>
    /// <returns>False for the faults of the telemetry itself.</returns>
    public static bool ActsOnWorld(this FaultType type) => type < FaultType.ExporterDown;
}
