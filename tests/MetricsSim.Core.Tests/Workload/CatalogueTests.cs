using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Workload;

/// <summary>The fixed lists that labels come from.</summary>
public sealed class CatalogueTests
{
    [Theory]
    [InlineData(ErrorKind.None, "")]
    [InlineData(ErrorKind.Timeout, "timeout")]
    [InlineData(ErrorKind.Network, "network")]
    [InlineData(ErrorKind.Auth, "auth")]
    [InlineData(ErrorKind.Validation, "validation")]
    [InlineData(ErrorKind.RateLimit, "rate_limit")]
    [InlineData(ErrorKind.ServiceUnavailable, "service_unavailable")]
    public void Error_kinds_have_their_label(ErrorKind kind, string expected) => Assert.Equal(expected, kind.Label());

    [Fact]
    public void A_kind_that_is_none_has_no_label() => Assert.Throws<ArgumentOutOfRangeException>(() => ((ErrorKind)99).Label());

    [Fact]
    public void Tools_make_a_whole()
    {
        Assert.Equal(1, Tools.All.Sum(tool => tool.Share), 1e-12);
        Assert.Equal(Tools.All.Count, Tools.All.Select(tool => tool.Name).Distinct().Count());
        Assert.Equal("Bash", Tools.All[Tools.Bash].Name);
        Assert.Equal(["Edit", "Write", "NotebookEdit"], Tools.Editors.Select(index => Tools.All[index].Name));
        Assert.All(Tools.All, tool => Assert.NotEmpty(tool.Errors));
        Assert.All(Tools.All, tool => Assert.Equal(tool.Edits, tool.MedianAdded > 0));
    }
}
