using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary>The queries of docs/quirks.md on a real Prometheus: the naive ones are fooled, the careful ones tell what the world counted.</summary>
public sealed class QuirkQueryTests(QuirkHistory history) : IClassFixture<QuirkHistory>
{
    private const string Commits = "otel_claude_code_commit_count_total";
    private const string Sessions = "otel_claude_code_session_count_total";
    private const string Cost = "otel_claude_code_cost_usage_USD_total";
    private const string Tokens = "otel_claude_code_token_usage_tokens_total";
    private const string Tools = "otel_claude_code_tool_usage_total";
    private const string Errors = "otel_claude_code_error_total";

    public static TheoryData<string, string, string, string, string, double, double> Cases => new()
    {
        // Every fall counts the whole counter again.
        {
            "counter_fallback", "commits", "", $"sum(increase({Commits}[$h]))",
            $"sum(max_over_time({Commits}[2m]) - max_over_time({Commits}[2m] offset $h))", 1.5, 10
        },
        // A session's only count is the first value of its series.
        {
            "nonzero_start", "sessions", "", $"sum(increase({Sessions}[$h]))",
            $"sum(max_over_time({Sessions}[$h]) - ({Sessions} offset $h or max_over_time({Sessions}[$h]) * 0))", 0, 0
        },
        // A third of the cost is missing.
        {
            "lost_attributes", "cost", "tokens", $"sum(increase({Cost}[$h])) / sum(increase({Tokens}[$h]))",
            $"sum(increase({Cost}[$h])) / sum(increase({Tokens}[$h]) and on (user_id) {Cost})", 0.5, 0.85
        },
        {
            "lost_attributes", "main tokens", "tokens", $$"""sum(increase({{Tokens}}{query_source="main"}[$h])) / sum(increase({{Tokens}}[$h]))""",
            $$"""sum(increase({{Tokens}}{query_source="main"}[$h])) / sum(increase({{Tokens}}{query_source!=""}[$h]))""", 0.5, 0.85
        },
        // A third of the edits have another name.
        {
            "old_names", "edits", "", $$"""sum(increase({{Tools}}{tool_name="Edit"}[$h]))""",
            $$"""sum(increase({{Tools}}{tool_name="Edit"}[$h])) + sum(increase({{Tools}}{tool="MultiEdit"}[$h]))""", 0.5, 0.85
        },
        // Errors of tools count as errors of requests.
        {
            "old_names", "given up", "", $$"""sum(increase({{Errors}}{tool_name=""}[$h]))""",
            $$"""sum(increase({{Errors}}{tool_name="", tool=""}[$h]))""", 1.2, 10
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_naive_query_is_fooled_and_a_careful_one_is_not(string quirk, string of, string per, string naive, string careful, double least, double most)
    {
        var truth = history.Truth(of) / (per.Length > 0 ? history.Truth(per) : 1);
        Assert.True(truth > 0, $"{truth}");
        // Windows extrapolate, sessions are exported late, and a ratio is that of the clients that tell.
        Assert.InRange(await history.AskAsync(quirk, careful) / truth, 0.95, 1.05);
        Assert.InRange(await history.AskAsync(quirk, naive) / truth, least, most);
        // Both stand in the documentation.
        var docs = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "quirks.md"), TestContext.Current.CancellationToken);
        Assert.Contains($"`{naive}`", docs, StringComparison.Ordinal);
        Assert.Contains($"`{careful}`", docs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renamed_labels_tell_every_tool_by_its_name_of_today()
    {
        var byTool = $$"""sum by (tool_name) (label_replace(label_replace(increase({{Tools}}[$h]), "tool_name", "$1", "tool", "(.+)"), "tool_name", "Edit", "tool", "MultiEdit"))""";
        Assert.Equal(8, await history.AskAsync("old_names", $"count({byTool})"));
        Assert.InRange(await history.AskAsync("old_names", $$"""sum({{byTool}} and on (tool_name) label_replace(vector(1), "tool_name", "Edit", "", ""))""") / history.Truth("edits"), 0.95, 1.05);
        var docs = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "quirks.md"), TestContext.Current.CancellationToken);
        Assert.Contains($"`{byTool}`", docs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Falls_show_as_resets() => Assert.True(await history.AskAsync("counter_fallback", $"sum(resets({Commits}[$h]))") > 20);
}
