using System.Runtime.CompilerServices;

namespace MetricsSim.Tests.Support;

/// <summary>Where the sources are, for tests of files that aren't built.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder of the solution.</summary>
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string file = "")
    {
        var folder = System.IO.Path.GetDirectoryName(file);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "MetricsSim.sln"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("There is no MetricsSim.sln above the tests.");
    }
}
