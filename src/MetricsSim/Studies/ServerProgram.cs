using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MetricsSim.Studies;

/// <summary>The program of a Prometheus on this machine.</summary>
internal static partial class ServerProgram
{
    /// <summary>What to do without one.</summary>
    public const string HowToInstall = "install Prometheus (Debian: apt-get install prometheus; others: https://prometheus.io/download/), or name it with --server PATH";

    /// <summary>How long a Prometheus may take to tell its version.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Finds it.</summary>
    /// <param name="name">A path, or a name to look for.</param>
    /// <param name="path">Where to look: the variable PATH.</param>
    /// <returns>Its path, or null if it isn't there.</returns>
    public static string? Find(string name, string? path)
    {
        if (name.Contains(Path.DirectorySeparatorChar)) return File.Exists(name) ? Path.GetFullPath(name) : null;
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Asks it which it is.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The version, or null if it is no Prometheus.</returns>
    public static async Task<string?> VersionAsync(string program, TimeSpan patience, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null) return null;
            try
            {
                // Versions before 2.43 tell it on standard error.
                var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(end.Token), process.StandardError.ReadToEndAsync(end.Token));
                await process.WaitForExitAsync(end.Token);
                return Version().Match(string.Concat(texts)) is { Success: true } match ? match.Groups["version"].Value : null;
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It does something else.
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not a program.
            return null;
        }
    }

    [GeneratedRegex(@"prometheus, version (?<version>\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
