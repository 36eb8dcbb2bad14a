using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Declarations;

/// <summary>Other spellings of choices: those of the older simulator, and of other loggers.</summary>
internal static class ChoiceAliases
{
    private static readonly Dictionary<Type, IReadOnlyList<(string Alias, string Name)>> ByType = new()
    {
        [typeof(LogLevelName)] = [("warn", "warning"), ("information", "info"), ("fatal", "critical")],
        [typeof(CompressionName)] = [("true", "gzip"), ("false", "none")],
    };

    /// <summary>Aliases of an enumeration's names.</summary>
    public static IReadOnlyList<(string Alias, string Name)> Of(Type type) => ByType.TryGetValue(type, out var aliases) ? aliases : [];
}
