using System.Reflection;
using MetricsSim.Configuration;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>Shared by the tests of the configuration.</summary>
internal static class ConfigTestData
{
    /// <summary>The repository's root, found from the tests' own folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The default configuration.</summary>
    public static string DefaultText { get; } = File.ReadAllText(Path.Combine(Root, "config", "simulator-config.yml"));

    /// <summary>Reads a text as c.yml, without scenario files.</summary>
    public static ConfigResult Parse(string text, params ConfigOverride[] overrides) => ConfigLoader.Parse(text, "c.yml", overrides, []);

    /// <summary>Reads a text that must be good.</summary>
    public static SimulatorConfig Good(string text, params ConfigOverride[] overrides)
    {
        var result = Parse(text, overrides);
        Assert.Equal([], result.Errors.Select(error => error.ToString()));
        return result.Config!;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (!File.Exists(Path.Combine(folder.FullName, "MetricsSim.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
