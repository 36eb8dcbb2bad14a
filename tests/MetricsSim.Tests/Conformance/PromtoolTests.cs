using MetricsSim.Tests.Support;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Tests.Conformance;

public sealed class PromtoolTests
{
    [Fact]
    public async Task Has_no_remark_on_a_text_page()
    {
        var result = await Promtool.Check(ConformancePages.Write(ExpositionFormat.Text004));
        Assert.Equal(new ProgramResult(0, "", ""), result);
    }

    [Fact]
    public async Task Reads_a_text_page_with_timestamps()
    {
        var result = await Promtool.Check(ConformancePages.Write(ExpositionFormat.Text004, timestamps: true));
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("parsing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_broken_page()
    {
        var page = ConformancePages.Write(ExpositionFormat.Text004).Replace("\",le=", ",le=", StringComparison.Ordinal);
        var result = await Promtool.Check(page);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error while linting", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_every_sample_of_an_OpenMetrics_page()
    {
        using var directory = new TemporaryDirectory();
        var page = ConformancePages.Write(ExpositionFormat.OpenMetrics100, timestamps: true);
        var created = await Promtool.CreateBlocks(page, directory);
        Assert.True(created.ExitCode == 0, created.Error);

        const string Duration = "{__name__=\"claude_code_session_duration_seconds";
        const string Quoted = "user_id=\"a \\\"quote\\\", a \\\\ and\\na line feed, é 😀\"";
        string[] expected =
        [
            $"{{__name__=\"claude_code_active_time_seconds_total\", {Quoted}}} 9.000000000000002e+06",
            "{__name__=\"claude_code_active_time_seconds_total\", user_id=\"user_000\"} 0.123456789",
            Duration + "_bucket\", le=\"+Inf\", status=\"completed\"} 9",
            Duration + "_bucket\", le=\"+Inf\", status=\"failed\"} 0",
            Duration + "_bucket\", le=\"0.1\", status=\"completed\"} 1",
            Duration + "_bucket\", le=\"0.1\", status=\"failed\"} 0",
            Duration + "_bucket\", le=\"1.6777216e+07\", status=\"completed\"} 4",
            Duration + "_bucket\", le=\"1.6777216e+07\", status=\"failed\"} 0",
            Duration + "_bucket\", le=\"10.0\", status=\"completed\"} 3",
            Duration + "_bucket\", le=\"10.0\", status=\"failed\"} 0",
            Duration + "_bucket\", le=\"7200.0\", status=\"completed\"} 3",
            Duration + "_bucket\", le=\"7200.0\", status=\"failed\"} 0",
            Duration + "_count\", status=\"completed\"} 9",
            Duration + "_count\", status=\"failed\"} 0",
            Duration + "_sum\", status=\"completed\"} 12.345678",
            Duration + "_sum\", status=\"failed\"} 0",
            $"{{__name__=\"claude_code_token_usage_tokens_total\", type=\"input\", {Quoted}}} 30",
            "{__name__=\"claude_code_token_usage_tokens_total\", type=\"input\", user_id=\"user_000\"} 1",
            $"{{__name__=\"claude_code_token_usage_tokens_total\", type=\"output\", {Quoted}}} 9.007199254740992e+15",
            "{__name__=\"claude_code_token_usage_tokens_total\", type=\"output\", user_id=\"user_000\"} 2",
            "{__name__=\"metricssim_state\", is=\"inf\"} +Inf",
            "{__name__=\"metricssim_state\", is=\"large\"} 1.5e+300",
            "{__name__=\"metricssim_state\", is=\"minus_inf\"} -Inf",
            "{__name__=\"metricssim_state\", is=\"nan\"} NaN",
            "{__name__=\"metricssim_state\", is=\"shortest\"} 0.30000000000000004",
            "{__name__=\"metricssim_state\", is=\"tiny\"} 5e-324",
            "{__name__=\"target_info\", service_name=\"claude-code\"} 1",
        ];
        Assert.Equal(expected.Select(line => $"{line} {ConformancePages.Time}"), await Dump(directory));
    }

    [Fact]
    public async Task Stores_created_times_to_the_millisecond()
    {
        using var directory = new TemporaryDirectory();
        var page = ConformancePages.Write(ExpositionFormat.OpenMetrics100, timestamps: true, created: true);
        var created = await Promtool.CreateBlocks(page, directory);
        Assert.True(created.ExitCode == 0, created.Error);
        var lines = (await Dump(directory)).Where(line => line.Contains("_created\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, lines.Count);
        Assert.All(lines, line => Assert.EndsWith($"}} 1.7676036005e+09 {ConformancePages.Time}", line, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> Dump(TemporaryDirectory directory)
    {
        var dump = await Promtool.Dump(directory);
        Assert.True(dump.ExitCode == 0, dump.Error);
        return dump.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
