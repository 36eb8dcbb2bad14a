using System.CommandLine;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary>A command line that was found good, with the configuration it works on.</summary>
internal sealed record Invocation
{
    /// <summary>The command line.</summary>
    public required ParseResult Parse { get; init; }

    /// <summary>Where it runs.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>File, environment and flags together.</summary>
    public required SimulatorConfig Config { get; init; }

    /// <summary>What the configuration has no effect for.</summary>
    public required IReadOnlyList<ConfigFinding> Warnings { get; init; }

    /// <summary>Whether results are machine-readable.</summary>
    public required bool Json { get; init; }

    /// <summary>Whether colour is unwanted.</summary>
    public required bool NoColor { get; init; }

    /// <summary>How many threads step the world.</summary>
    public required int Threads { get; init; }

    /// <summary>Writes the warnings, each on its line.</summary>
    public void PrintWarnings()
    {
        foreach (var warning in Warnings) Terminal.Error.WriteLine($"warning: {warning}");
    }
}
