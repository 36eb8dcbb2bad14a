using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>Help is public surface: its text lies in <c>Cli/Approved</c>.</summary>
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
    [InlineData("run")]
    [InlineData("backfill")]
    [InlineData("learn")]
    [InlineData("cardinality")]
    [InlineData("cardinality study")]
    [InlineData("dashboards")]
    [InlineData("dashboards bench")]
    [InlineData("dashboards render")]
    [InlineData("ctl")]
    [InlineData("ctl status")]
    [InlineData("ctl scenarios")]
    [InlineData("ctl simulations")]
    [InlineData("ctl start")]
    [InlineData("ctl switch")]
    [InlineData("ctl stop")]
    [InlineData("ctl faults")]
    [InlineData("ctl fault")]
    [InlineData("ctl clear")]
    [InlineData("ctl load")]
    [InlineData("ctl speed")]
    [InlineData("ctl pause")]
    [InlineData("ctl resume")]
    [InlineData("ctl events")]
    public async Task Help_is_as_approved(string command)
    {
        string[] words = command == "metricssim" ? [] : command.Split(' ');
        var help = await CliSession.RunAsync([.. words, "--help"]);
        Assert.Equal((0, ""), (help.ExitCode, help.Error));

        Approved.Equal($"Cli/Approved/{command.Replace(' ', '-')}.txt", help.Output);
    }

    [Fact]
    public async Task Version_names_the_program()
    {
        var version = await CliSession.RunAsync(["--version"]);
        Assert.Matches(@"^metricssim \d+\.\d+\.\d+\n$", version.Output);
    }
}
