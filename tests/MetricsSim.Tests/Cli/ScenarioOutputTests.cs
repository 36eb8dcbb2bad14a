using System.Text.Json.Nodes;
using MetricsSim.Cli;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

public sealed class ScenarioOutputTests
{
    [Fact]
    public async Task The_list_has_a_line_for_each_scenario()
    {
        var table = await CliSession.RunAsync(["scenarios", "list"]);
        var json = await CliSession.RunAsync(["scenarios", "list", "--json"]);
        var ids = JsonNode.Parse(json.Output)!.AsArray().Select(row => row!["id"]!.GetValue<string>()).ToList();
        Assert.Contains("black_friday", ids);
        Assert.All(ids, id => Assert.Single(table.Output.Split('\n'), line => line.TrimStart().StartsWith($"{id} ", StringComparison.Ordinal)));
        Assert.Equal(("", ""), (table.Error, json.Error));
    }

    [Fact]
    public async Task The_detail_shows_the_whole_timeline()
    {
        var text = await CliSession.RunAsync(["scenarios", "show", "black_friday"]);
        var json = JsonNode.Parse((await CliSession.RunAsync(["scenarios", "show", "black_friday", "--json"])).Output)!;
        Assert.Equal("black_friday", json["id"]!.GetValue<string>());
        Assert.Equal(14400, json["duration_seconds"]!.GetValue<double>());
        Assert.All(json["timeline"]!.AsArray(), entry =>
            Assert.Contains(entry!["description"]!.GetValue<string>(), text.Output, StringComparison.Ordinal));
        Assert.Matches(@"4 +2h +inject_failure +type model_outage, affected_percentage 50, duration 10m", text.Output);
    }

    [Fact]
    public void The_bar_places_events_and_faults()
    {
        var outage = new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, Duration: null);
        var scenario = new Scenario
        {
            Id = "x",
            Name = "X",
            Duration = TimeSpan.FromMinutes(20),
            Timeline =
            [
                new(TimeSpan.Zero, new StartEvent(null, null), ""),
                new(TimeSpan.Zero, new IncreaseLoadEvent(2, null), ""),
                new(TimeSpan.FromMinutes(5), outage, ""),
                new(TimeSpan.FromMinutes(10), new RecoveryEvent(), ""),
                new(TimeSpan.FromMinutes(15), new BurstLoadEvent(2, TimeSpan.FromHours(1)), ""),
            ],
        };
        Assert.Equal(
            [
                "12   3    4    5",
                "─────█████─────▒▒▒▒▒",
                "0s      10m      20m",
            ],
            TimelineBar.Lines(scenario, 20));
    }
}
