using MetricsSim.Learning;
using Xunit;

namespace MetricsSim.Tests.Learning;

public sealed class PageTextTests
{
    [Fact]
    public void A_selector_has_names_in_quotes_where_they_need_them() => Assert.Equal(
        """{__name__="a",plain_1="x\"y","my.label"="z","0"="n"}""",
        PageText.Selector(new Dictionary<string, string> { ["__name__"] = "a", ["plain_1"] = "x\"y", ["my.label"] = "z", ["0"] = "n" }));
}
