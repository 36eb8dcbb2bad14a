using System.Runtime.CompilerServices;
using Xunit;

namespace MetricsSim.Tests.Support;

/// <summary>Public surfaces kept as text under review. METRICSSIM_APPROVE=1 in the environment writes them anew.</summary>
internal static class Approved
{
    public static void Equal(string path, string actual)
    {
        string file = Path.Combine(ProjectFolder(), path);
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("METRICSSIM_APPROVE") == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{path} is missing: run the tests with METRICSSIM_APPROVE=1 and review what they write.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string ProjectFolder([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(here))!;
}
