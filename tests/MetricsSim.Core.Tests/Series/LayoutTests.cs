using System.Text.RegularExpressions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

public sealed partial class LayoutTests
{
    [Fact]
    public void The_default_page_has_the_families_of_the_design()
    {
        var layout = Layout(new());
        Assert.Equal(
            """
            otel_claude_code_session_count counter 1×1
            otel_claude_code_token_usage_tokens counter 1×12 tokens
            otel_claude_code_cost_usage_USD counter 1×3 USD /1000000000
            otel_claude_code_tool_usage counter 1×16
            otel_claude_code_error counter 1×15
            otel_claude_code_commit_count counter 1×1
            otel_claude_code_pull_request_count counter 1×1
            otel_claude_code_lines_of_code_count counter 1×2
            otel_claude_code_code_edit_tool_decision counter 1×6
            otel_claude_code_active_time_seconds counter 1×2 seconds /1000000
            otel_claude_code_session_duration_seconds histogram 1×2 seconds /1000000
            otel_claude_code_active_sessions gauge 3×1
            otel_claude_code_api_request_count counter 0×1
            gen_ai_client_operation_duration_seconds histogram 1×18 seconds /1000000
            gen_ai_client_token_usage histogram 1×6
            metricssim_request_duration_seconds histogram 1×6 seconds /1000000
            metricssim_simulated_time_seconds gauge 1×1 seconds /0
            metricssim_scenario_info gauge 1×1 /0
            metricssim_active_faults gauge 1×13 /0
            metricssim_load_multiplier gauge 1×1 /0
            metricssim_season_multiplier gauge 1×1 /0
            metricssim_enabled_users gauge 1×1 /0
            metricssim_backend_utilization_ratio gauge 1×1 ratio /0
            metricssim_backend_backlog gauge 1×1 /0
            metricssim_backend_wait_seconds gauge 1×1 seconds /0
            metricssim_backend_capacity gauge 1×1 /0
            target info 1×1
            """,
            string.Join('\n', layout.Families.Select(Describe)));
    }

    [Fact]
    public void Leaves_are_the_product_of_their_axes()
    {
        var tokens = Layout(new() { Labels = new() { QuerySource = true, Effort = true } }).Families[1];
        Assert.Equal(3 * 4 * 3 * 3, tokens.Leaves.Count);
        Assert.Equal(tokens.Leaves.Count, tokens.Leaves.Select(leaf => string.Join(',', leaf)).Distinct().Count());
        Assert.Equal(["model", "type", "query_source", "effort"], tokens.Leaves[0].Select(label => label.Name));
        var errors = Layout(new()).Families[4];
        Assert.Contains<IReadOnlyList<Label>>([new("error_type", "rate_limit"), new("tool_name", "")], errors.Leaves);
        Assert.Contains<IReadOnlyList<Label>>([new("error_type", "timeout"), new("tool_name", "Bash")], errors.Leaves);
        Assert.DoesNotContain(errors.Leaves, leaf => leaf[0].Value == "validation" && leaf[1].Value.Length == 0);
    }

    [Theory]
    [InlineData("otel", NameStyle.Collector, "otel_claude_code_cost_usage_USD", "USD")]
    [InlineData("", NameStyle.Collector, "claude_code_cost_usage_USD", "USD")]
    [InlineData("otel", NameStyle.Direct, "otel_claude_code_cost_usage", null)]
    [InlineData("", NameStyle.Direct, "claude_code_cost_usage", null)]
    [InlineData("otel", NameStyle.Otel, "otel_claude_code.cost.usage_USD", "USD")]
    [InlineData("", NameStyle.Otel, "claude_code.cost.usage_USD", "USD")]
    public void Names_follow_namespace_and_style(string prefix, NameStyle style, string expected, string? unit)
    {
        var layout = Layout(new() { Namespace = prefix, Style = style });
        Assert.Equal((expected, unit), (layout.Families[2].Name, layout.Families[2].Unit));
        Assert.Contains(layout.Families, family => family.Name == (style == NameStyle.Otel ? "gen_ai.client.operation.duration_seconds" : "gen_ai_client_operation_duration_seconds"));
        Assert.Contains(layout.Families, family => family.Name == "metricssim_load_multiplier");
        Assert.Contains(layout.Families, family => family.Name == "target");
    }

    [Fact]
    public void Names_labels_and_units_are_as_openmetrics_wants_them()
    {
        foreach (var family in Layout(new() { Labels = new() { QuerySource = true, Effort = true, StartType = true } }).Families)
        {
            Assert.Matches(Name(), family.Name);
            Assert.True(family.Unit is null || family.Name.EndsWith("_" + family.Unit, StringComparison.Ordinal), family.Name);
            Assert.EndsWith(".", family.Help, StringComparison.Ordinal);
            Assert.Equal(family.Rows.Count * family.Leaves.Count * (family.Type == MetricType.Histogram ? family.Bounds.Count + 2 : 1), family.CellCount);
            Assert.All(family.Leaves.SelectMany(leaf => leaf).Concat(family.Rows.Count > 0 ? family.Rows.Labels(0) : []), label => Assert.Matches(Name(), label.Name));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_preregistration_untouched_series_are_hidden(bool preregister)
    {
        foreach (var family in Layout(new() { Preregister = preregister }).Families)
            Assert.Equal(!preregister && family.Type is (MetricType.Counter or MetricType.Histogram), family.HideUntouched);
    }

    [Fact]
    public void Segments_that_share_a_user_type_share_a_row()
    {
        var options = TestWorlds.Options(200) with
        {
            Population = new() { Total = 200, Segments = [new("a_users", 0.5, 1, 1, null, 600, 0.5), new("a", 0.5, 1, 1, null, 600, 0.5)] },
        };
        var world = new World(options);
        var gauge = Assert.Single(SnapshotView.Of(world).Series("otel_claude_code_active_sessions"));
        Assert.Equal("a", gauge.Labels["user_type"]);
        Assert.Equal(world.Status().ActiveSessions, gauge.Cells[0]);
    }

    [Theory]
    [InlineData("power_users", "power")]
    [InlineData("testers", "testers")]
    [InlineData("_users", "_users")]
    public void User_types_drop_the_suffix(string name, string expected) =>
        Assert.Equal(expected, new SegmentOptions(name, 1, 1, 1, null, 600, 0.5).UserType);

    [Fact]
    public void Fixed_rows_have_their_labels_and_no_others()
    {
        var rows = new FixedLabelRows([[new("a", "1")], [new("a", "2")]]);
        Assert.Equal(2, rows.Count);
        Assert.Equal([new Label("a", "2")], rows.Labels(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Labels(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Labels(-1));
        Assert.Empty(LabelRows.Single.Labels(0));
    }

    private static SeriesLayout Layout(TelemetryOptions telemetry) =>
        new World(TestWorlds.Options(1).With(TestWorlds.Scenario("s", 1)) with { Telemetry = telemetry }).Layout;

    private static string Describe(MetricFamily family) =>
        $"{family.Name} {family.Type.ToString().ToLowerInvariant()} {family.Rows.Count}×{family.Leaves.Count}"
        + (family.Unit is null ? "" : " " + family.Unit) + (family.Divisor == 1 ? "" : $" /{family.Divisor}");

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
