using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace MetricsSim.Cli;

/// <summary>Prints the program's name and version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <summary>The version of this build, e.g. <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"metricssim {Version}");
        return ExitCodes.Ok;
    }
}
