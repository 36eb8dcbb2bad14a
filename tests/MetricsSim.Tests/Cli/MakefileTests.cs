using System.Text.RegularExpressions;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>The Makefile's targets, its help and its list of phony targets agree.</summary>
public sealed partial class MakefileTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "Makefile"));

    [Fact]
    public void Every_target_has_one_line_of_help()
    {
        var targets = Targets().Matches(Text).Select(match => match.Groups["name"].Value).Distinct().Order().ToList();
        var documented = Documented().Matches(Text).Select(match => match.Groups["name"].Value).Order().ToList();
        Assert.Contains("run", targets);
        Assert.Equal(targets, documented);
    }

    [Fact]
    public void Every_target_is_phony()
    {
        var targets = Targets().Matches(Text).Select(match => match.Groups["name"].Value).Distinct().Order();
        var phony = Text.Split('\n').Single(line => line.StartsWith(".PHONY: ", StringComparison.Ordinal)).Split(' ')[1..].Order();
        Assert.Equal(targets, phony);
    }

    [GeneratedRegex("^(?<name>[a-z][a-z-]*):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Targets();

    [GeneratedRegex("^(?<name>[a-z][a-z-]*):.*## [A-Z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Documented();
}
