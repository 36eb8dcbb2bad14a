using System.Diagnostics;

namespace MetricsSim.Tests.Support;

/// <summary>What a program that ended said.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);

/// <summary>Runs the programs that pages are checked with.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The path of a program of Debian's prometheus package. Fails, and never skips, where it is missing.</summary>
    public static string Prometheus(string name) => Find(name)
        ?? throw new InvalidOperationException($"{name} is not on the PATH: install prometheus: apt-get install prometheus");

    /// <summary>The path of VictoriaMetrics, of Debian's package of the same name. Fails, and never skips, where it is missing.</summary>
    public static string VictoriaMetrics() => Find("victoria-metrics")
        ?? throw new InvalidOperationException("victoria-metrics is not on the PATH: install it: apt-get install victoria-metrics");

    /// <summary>The path of a program of the stack around the simulator. Fails, and never skips, where it is missing.</summary>
    /// <param name="name">Its file name.</param>
    /// <param name="package">The Debian package that has it.</param>
    public static string OfPackage(string name, string package) => Find(name)
        ?? throw new InvalidOperationException($"{name} is not on the PATH: install it: apt-get install {package}");

    /// <summary>Runs a program to its end; one that takes longer than two minutes is killed, and that fails the test.</summary>
    public static async Task<ProgramResult> Run(string path, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), timeout.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(timeout.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
