using System.Text;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;
using MetricsSim.Tests.Prometheus;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>Variables against a server that answers as a Prometheus does.</summary>
public sealed class VariableResolverTests
{
    private static readonly BoardTime Time = BoardTime.Last(TimeSpan.FromHours(1), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private static readonly Dictionary<string, IReadOnlyList<string>> Nothing = [];

    private readonly List<string> _asked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Variables_are_asked_in_the_order_in_which_they_use_each_other()
    {
        DashboardVariable[] variables =
        [
            new() { Name = "user", Kind = VariableKind.Query, Query = """label_values(up{org=~"$org"}, user)""", Multi = true, IncludeAll = true, Current = ["$__all"] },
            new() { Name = "org", Kind = VariableKind.Query, Query = "label_values(org)", Multi = true, Current = ["b", "gone"] },
            new() { Name = "ds", Kind = VariableKind.Datasource, Query = "prometheus", Current = ["default"] },
            new() { Name = "c", Kind = VariableKind.Custom, Query = """one : 1, two : 2,three\,3""", Current = ["2"] },
            new() { Name = "i", Kind = VariableKind.Interval, Query = "auto,1m,5m" },
            new() { Name = "k", Kind = VariableKind.Constant, Query = "x, y" },
        ];
        var values = await ResolveAsync(variables, Nothing);
        Assert.Equal(["b"], values["org"].Values);
        Assert.Equal((true, "All", "a,b"), (values["user"].IsAll, values["user"].Text, string.Join(',', values["user"].Values)));
        Assert.Equal(["prometheus"], values["ds"].Values);
        Assert.Equal(("2", "1 2 three,3"), (values["c"].Text, string.Join(' ', values["c"].Options)));
        Assert.Equal(("1m", "x, y"), (values["i"].Text, values["k"].Text));
        Assert.Equal(
            ["/api/v1/label/org/values?start=1699996400&end=1700000000", """/api/v1/label/user/values?match[]=up{org=~"b"}&start=1699996400&end=1700000000"""], _asked);
    }

    [Theory]
    [InlineData("label_values(up, x)", "", 2, "b a")]
    [InlineData("label_names()", "", 0, "a b")]
    [InlineData("metrics(^a)", "", 0, "a")]
    [InlineData("""query_result(topk(1, up))""", """/job="([^"]*)"/""", 0, "j1 j2")]
    [InlineData("""query_result(topk(1, up))""", """/job="(?<value>j2)"/""", 0, "j2")]
    [InlineData("up", "/.*/", 0, """up{job="j1"}""")]
    [InlineData("label_values(x)", "/B/i", 0, "b")]
    [InlineData("query_result(topk(1, up))", "j1", 0, "")]
    [InlineData("label_values(x)", "[b-z]", 0, "b")]
    [InlineData("query_result(topk(1, up))", """/job="(?<text>[^"]+)|\} (?<value>[0-9]+)/g""", 0, "2 3")]
    public async Task Queries_are_asked_cut_and_sorted(string query, string regex, int sort, string options)
    {
        var values = await ResolveAsync([new() { Name = "v", Kind = VariableKind.Query, Query = query, Regex = regex, Sort = sort }], Nothing);
        Assert.Equal(options, string.Join(' ', values["v"].Options));
        Assert.Equal([values["v"].Options.FirstOrDefault("")], values["v"].Values);
    }

    [Theory]
    [InlineData(false, false, "gone", "a", "b")]
    [InlineData(true, false, "gone", "a")]
    [InlineData(true, true, "$__all", "$__all")]
    [InlineData(false, false, "$__all", "a")]
    [InlineData(false, false, "b", "b")]
    [InlineData(true, true, "", "$__all", "")]
    public void What_was_saved_counts_while_it_is_there(bool multi, bool includeAll, string current, string chosen, string options = "a,b")
    {
        var variable = new DashboardVariable { Name = "v", Kind = VariableKind.Query, Multi = multi, IncludeAll = includeAll, Current = current.Length > 0 ? [current] : [] };
        Assert.Equal([chosen], VariableResolver.Choose(variable, options == "b" ? ["a", "b"] : options.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task What_somebody_chose_beats_everything_and_failures_name_the_variable()
    {
        DashboardVariable variable = new() { Name = "v", Kind = VariableKind.Query, Query = "label_values(x)" };
        var values = await ResolveAsync([variable], new() { ["v"] = ["mine"] });
        Assert.Equal(["mine"], values["v"].Values);
        var failure = await Assert.ThrowsAsync<PrometheusException>(() => ResolveAsync([variable with { Query = "label_values(bad{, x)" }], Nothing));
        Assert.Equal("variable v of b.json: bad_data: parse error", failure.Message);
        failure = await Assert.ThrowsAsync<PrometheusException>(() => ResolveAsync([variable with { Regex = "/(/" }], Nothing));
        Assert.StartsWith("variable v of b.json: \"/(/\" is no good regular expression: ", failure.Message, StringComparison.Ordinal);
        failure = await Assert.ThrowsAsync<PrometheusException>(() => ResolveAsync([variable with { Query = "metrics((a|a)+()" }], Nothing));
        Assert.StartsWith("variable v of b.json: \"(a|a)+(\" is no good regular expression: ", failure.Message, StringComparison.Ordinal);
        foreach (var odd in (string[])["label_values(odd, x)", "label_values(half, x)", "twice", "half"])
        {
            failure = await Assert.ThrowsAsync<PrometheusException>(() => ResolveAsync([variable with { Query = odd }], Nothing));
            Assert.Contains("is not the API of a Prometheus", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_circle_of_variables_is_cut()
    {
        DashboardVariable[] circle = [new() { Name = "a", Kind = VariableKind.Query, Query = "label_values(x{b=\"$b\"}, a)" }, new() { Name = "b", Kind = VariableKind.Query, Query = "label_values(x{a=\"$a\"}, b)" }];
        Assert.Equal(["b", "a"], VariableResolver.Ordered(circle).Select(variable => variable.Name));
    }

    private async Task<IReadOnlyDictionary<string, VariableValue>> ResolveAsync(DashboardVariable[] variables, Dictionary<string, IReadOnlyList<string>> given)
    {
        await using var server = await StubServer.StartAsync(AnswerAsync);
        using var client = new PrometheusClient(PrometheusAddress.Parse(server.Url.ToString())!);
        return await new VariableResolver(client).ResolveAsync(new Dashboard { Source = "b.json", Variables = variables }, Time, given, Stop);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (path, query) = (context.Request.Path.ToString(), Uri.UnescapeDataString(context.Request.GetEncodedPathAndQuery()));
        _asked.Add(query);
        var bad = query.Contains("bad{", StringComparison.Ordinal);
        context.Response.StatusCode = bad ? 400 : 200;
        var data = path switch
        {
            _ when query.Contains("half", StringComparison.Ordinal) => """["\ud800"]""",
            "/api/v1/series" when query.Contains("twice", StringComparison.Ordinal) => """[{"job": "j1", "job": "j2"}]""",
            "/api/v1/series" => """[{"__name__": "up", "job": "j1"}]""",
            "/api/v1/query" => """{"resultType": "vector", "result": [{"metric": {"job": "j1"}, "value": [1, "2"]}, {"metric": {"job": "j2"}, "value": [1, "3"]}]}""",
            _ => query.Contains("odd", StringComparison.Ordinal) ? """[{"a": 1}]""" : """["a", "b"]""",
        };
        var body = bad ? """{"status": "error", "errorType": "bad_data", "error": "parse error"}""" : $$"""{"status": "success", "data": {{data}}}""";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }
}
