using MetricsSim.Cli;

namespace MetricsSim.Tests.Support;

/// <summary>The command line run within the test: faster than a process, on streams in memory.</summary>
internal static class CliSession
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">Arguments.</param>
    /// <param name="environment">All variables there are.</param>
    /// <param name="stop">Interrupts it.</param>
    /// <returns>How it ended.</returns>
    public static async Task<Finished> RunAsync(
        IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment = null, CancellationToken stop = default)
    {
        await using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = output, Error = error, Variable = name => environment?.GetValueOrDefault(name) };
        var code = await new CommandLine(terminal, Commands.All).RunAsync(args, stop);
        return new Finished(code, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
