using System.Reflection;

namespace MetricsSim.Configuration;

/// <summary>What is built into the program: copies of the default configuration and of the shipped scenarios.</summary>
internal static class BuiltIn
{
    /// <summary>Name of the default configuration in messages.</summary>
    public const string ConfigName = "(built-in configuration)";

    private const string ConfigResource = "config/simulator-config.yml";
    private const string ScenarioPrefix = "config/scenarios/";

    /// <summary>The default configuration.</summary>
    public static string Config { get; } = Read(ConfigResource);

    /// <summary>The shipped scenarios' files.</summary>
    public static IReadOnlyList<(string FileName, string Text)> Scenarios { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(ScenarioPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => (name[ScenarioPrefix.Length..], Read(name))),
    ];

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
