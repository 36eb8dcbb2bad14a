using System.Text;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire.Protobuf;
using MetricsSim.Wire;
using MetricsSim.Wire.Naming;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Naming;

/// <summary>A world under OpenTelemetry's own names, with dots in those of metrics and labels.</summary>
public sealed class OtelStyleTests
{
    [Theory]
    [InlineData(ExpositionFormat.Text004)]
    [InlineData(ExpositionFormat.OpenMetrics100)]
    [InlineData(ExpositionFormat.Protobuf)]
    public void Escaped_to_underscores_its_page_is_that_of_a_collector(ExpositionFormat format) => Assert.Equal(
        Bytes(NameStyle.Collector, format, NameEscaping.AllowUtf8), Bytes(NameStyle.Otel, format, NameEscaping.Underscores));

    [Theory]
    [InlineData(ExpositionFormat.OpenMetrics100, true)]
    [InlineData(ExpositionFormat.Text004, false)]
    public void Text_in_UTF_8_and_protobuf_say_the_same(ExpositionFormat format, bool openMetrics)
    {
        var text = new PageParser(Encoding.UTF8.GetString(Bytes(NameStyle.Otel, format, NameEscaping.AllowUtf8)), openMetrics).Parse().Samples;
        var protobuf = ProtobufReader.Samples(ProtobufReader.Read(Bytes(NameStyle.Otel, ExpositionFormat.Protobuf, NameEscaping.AllowUtf8))).ToList();
        Assert.Equal(text.Select(sample => sample.Name), protobuf.Select(sample => sample.Name));
        // In protobuf a bound is a number.
        Assert.All(text.Zip(protobuf), pair => Assert.Equal(pair.First.Labels.Where(IsText), pair.Second.Labels.Where(IsText)));
        Assert.Equal(text.Select(sample => sample.Value), protobuf.Select(sample => sample.Value));
        Assert.Contains(text, sample => sample.Name == "claude_code.token.usage_tokens_total" && sample.Labels.Contains(new("user.id", "user_000")));
        Assert.Contains(text, sample => sample.Name == "gen_ai.client.operation.duration_seconds_count" && sample.Labels.Contains(new("error.type", "")));
        Assert.Contains(text, sample => sample.Name == "claude_code.session.count_total" && sample.Labels.Any(label => label.Name == "team.id") && sample.Labels.Any(label => label.Name == "session.id"));
        Assert.Contains(text, sample => sample.Name == "target_info" && sample.Labels.Contains(new("service.name", "claude-code")));
    }

    [Theory]
    [InlineData(NameEscaping.Dots, "claude__code_dot_session_dot_count__total", "user_dot_id")]
    [InlineData(NameEscaping.Values, "U__claude__code_2e_session_2e_count__total", "U__user_2e_id")]
    public void Its_names_are_escaped_as_asked(NameEscaping escaping, string metric, string label)
    {
        var samples = new PageParser(Encoding.UTF8.GetString(Bytes(NameStyle.Otel, ExpositionFormat.Text004, escaping)), openMetrics: false).Parse().Samples;
        Assert.Contains(samples, sample => sample.Name == metric && sample.Labels.Any(own => own.Name == label));
    }

    [Fact]
    public void Values_go_on_under_other_names_only_where_they_are_the_same()
    {
        var world = World(NameStyle.Otel);
        var collector = world.Reloaded(world.Options with { Telemetry = world.Options.Telemetry with { Style = NameStyle.Collector } });
        Assert.Equal(0, SnapshotView.Of(collector).Sum("claude_code_token_usage_tokens"));
        var same = world.Reloaded(world.Options);
        Assert.Equal(SnapshotView.Of(world).Sum("claude_code.token.usage_tokens"), SnapshotView.Of(same).Sum("claude_code.token.usage_tokens"));
    }

    /// <summary>The page of a small world after twenty minutes.</summary>
    internal static byte[] Bytes(NameStyle style, ExpositionFormat format, NameEscaping escaping)
    {
        var page = SnapshotView.Of(World(style)).Snapshot;
        return Pages.Bytes([new(new PageLayout(page.Layout, format, created: false, escaping), page)]);
    }

    private static bool IsText(Label label) => label.Name != "le";

    private static World World(NameStyle style) => new World(TestWorlds.Homogeneous(1, seed: 4) with
    {
        Models = [ModelOptions.FromInputOutput("one", 1, 0.001, 0.005)],
        Telemetry = new()
        {
            Namespace = "",
            Style = style,
            Preregister = false,
            Labels = new() { SessionId = true, UserEmail = true, AppVersion = true, ResourceAttributes = [(style.NameOf("team.id"), ["blue"])] },
        },
    }).StepSeconds(1200);
}
