using System.Reflection;

namespace MetricsSim.Exposition;

/// <summary>The version of the program.</summary>
internal static class BuildVersion
{
    /// <summary>E.g. <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
