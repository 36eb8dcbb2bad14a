using System.Diagnostics;

namespace MetricsSim.Benchmarks.Peers;

/// <summary>The program beside the benchmarks.</summary>
internal static class OurProgram
{
    /// <summary>Its assembly.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "metricssim.dll");

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path, .. arguments]) { UseShellExecute = false, RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(error);
    }
}

/// <summary>A configuration of our own making, deleted afterwards.</summary>
internal sealed class TemporaryConfig : IDisposable
{
    // The page is to hold the peer's series and little else.
    private const string HardlyAnyUsers = "\nusers: { total: 1 }\ntelemetry: { preregister: false }\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("metricssim-peers-");

    /// <summary>Learns the series of a page.</summary>
    /// <returns>The file.</returns>
    public async Task<string> LearnAsync(Uri page)
    {
        var file = System.IO.Path.Combine(_directory.FullName, "learned.yml");
        await OurProgram.RunAsync("learn", page.AbsoluteUri, "--output", file);
        await File.AppendAllTextAsync(file, HardlyAnyUsers);
        return file;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
