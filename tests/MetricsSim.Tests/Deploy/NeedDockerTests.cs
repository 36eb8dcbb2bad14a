using System.Diagnostics;
using System.Runtime.Versioning;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Deploy;

[UnsupportedOSPlatform("windows")]
public sealed class NeedDockerTests
{
    [Theory]
    [InlineData(null, 4, "docker is not on the PATH")]
    [InlineData("[ $1 = info ]", 4, "docker has no compose plugin")]
    [InlineData("[ $1 = compose ]", 4, "No docker engine answers")]
    [InlineData("true", 0, "")]
    public async Task Says_what_is_missing(string? docker, int code, string message)
    {
        using var path = new TemporaryDirectory();
        if (docker is not null)
            File.SetUnixFileMode(path.Write("docker", $"#!/bin/sh\n{docker}\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("/bin/bash", [DeployFiles.PathOf("scripts/need-docker.sh"), "compose"]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["PATH"] = path.Path;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(code, process.ExitCode);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Equal(code == 0, error.Length == 0);
    }
}
