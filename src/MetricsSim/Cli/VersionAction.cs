using System.CommandLine;
using System.CommandLine.Invocation;
using MetricsSim.Exposition;

namespace MetricsSim.Cli;

/// <summary>Prints the program's name and version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"metricssim {BuildVersion.Text}");
        return ExitCodes.Ok;
    }
}
