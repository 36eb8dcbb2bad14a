using System.Diagnostics;
using System.Runtime.Versioning;
using MetricsSim.Studies;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Studies;

/// <summary>Programs that are asked whether they are a Prometheus.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServerProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_never_answers_is_none_and_is_ended()
    {
        var script = _directory.Write("prometheus", "#!/bin/sh\nsleep 600\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Null(await ServerProgram.VersionAsync(script, TimeSpan.FromSeconds(0.3), TestContext.Current.CancellationToken));
        await Poll.UntilAsync(() => !Process.GetProcesses().Any(process => CommandLine(process.Id).Contains(script, StringComparison.Ordinal)));
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            // It has ended.
            return "";
        }
    }
}
