using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>Help is public surface: its text lies in <c>Approved</c>. METRICSSIM_APPROVE=1 writes what is printed now.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("metricssim")]
    [InlineData("serve")]
    [InlineData("scenarios")]
    [InlineData("scenarios list")]
    [InlineData("scenarios show")]
    [InlineData("validate")]
    [InlineData("render")]
    public async Task Help_is_as_approved(string command)
    {
        string[] words = command == "metricssim" ? [] : command.Split(' ');
        var help = await CliSession.RunAsync([.. words, "--help"]);
        Assert.Equal((0, ""), (help.ExitCode, help.Error));

        var path = Path.Combine(RepositoryRoot.Path, "tests/MetricsSim.Tests/Cli/Approved", $"{command.Replace(' ', '-')}.txt");
        if (Environment.GetEnvironmentVariable("METRICSSIM_APPROVE") == "1") await File.WriteAllTextAsync(path, help.Output, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), help.Output);
    }

    [Fact]
    public async Task Version_names_the_program()
    {
        var version = await CliSession.RunAsync(["--version"]);
        Assert.Matches(@"^metricssim \d+\.\d+\.\d+\n$", version.Output);
    }
}
