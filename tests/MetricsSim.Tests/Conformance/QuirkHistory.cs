using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary>One run with each quirk in the blocks of one Prometheus, told apart by <c>job</c>, and what the world counted in its last hour.</summary>
public sealed class QuirkHistory : IAsyncLifetime
{
    private const int Seconds = 7200;
    private const int Interval = 30;
    private const int Last = Seconds - Interval;

    private readonly TemporaryDirectory _directory = new();
    private readonly SortedDictionary<string, double> _before = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _after = new(StringComparer.Ordinal);
    private PrometheusServer? _prometheus;
    private double _end;

    /// <summary>Plays the runs.</summary>
    public async ValueTask InitializeAsync()
    {
        foreach (var quirk in new[] { "counter_fallback", "nonzero_start", "lost_attributes", "old_names" })
        {
            var end = await CliSession.RunAsync(
            [
                "backfill", "--config", _directory.Write($"{quirk}.yml", Config(quirk)), "--scenario", "outage", "--duration", $"{Seconds}s", "--interval", $"{Interval}s",
                "--label", $"job={quirk}", "--output", _directory.File("data"),
            ]);
            Assert.True(end.ExitCode == 0, end.Error);
        }

        _prometheus = await PrometheusServer.StartOnAsync(_directory.File("data"), TestContext.Current.CancellationToken);
        // The world without quirks: it is the same.
        var options = ConfigLoader.Parse(Config("none"), "none.yml", [], []).Config!.World;
        var world = new World(options);
        Assert.True(world.Apply(new StartSimulation("outage")).Applied);
        world.Step(Last - 3600);
        Count(world, _before);
        world.Step(3600);
        Count(world, _after);
        _end = world.Now.ToUnixTimeSeconds();
    }

    /// <summary>What a query answers at the end of the run with a quirk.</summary>
    /// <param name="quirk">Its key.</param>
    /// <param name="query">One number, <c>$h</c> standing for an hour.</param>
    internal Task<double> AskAsync(string quirk, string query) => _prometheus!.ScalarAsync(
        OfJob(query, quirk).Replace("$h", "1h", StringComparison.Ordinal), _end, TestContext.Current.CancellationToken);

    /// <summary>What the world counted in the last hour.</summary>
    internal double Truth(string what) => _after[what] - _before[what];

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null) await _prometheus.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>The query of one run: every selector gets its job.</summary>
    private static string OfJob(string query, string job)
    {
        foreach (var name in new[] { "commit_count", "session_count", "cost_usage_USD", "token_usage_tokens", "tool_usage", "error" })
        {
            var metric = $"otel_claude_code_{name}_total";
            query = query.Replace(metric + "{", metric + "\u0001", StringComparison.Ordinal)
                .Replace(metric, $$"""{{metric}}{job="{{job}}"}""", StringComparison.Ordinal)
                .Replace("}\u0001", ", ", StringComparison.Ordinal);
        }

        return query;
    }

    private static string Config(string quirk) =>
        $$"""
        users: { total: 60 }
        simulation: { seed: 3 }
        telemetry:
          labels: { query_source: {{Flag(quirk is "lost_attributes" or "none")}}, session_id: {{Flag(quirk == "nonzero_start")}} }
          {{(quirk == "none" ? "" : $"quirks: {{ {quirk}: true }}")}}
        scenarios:
          outage:
            duration: 2h
            timeline:
              - { time: 80m, event: inject_failure, type: model_outage, affected_percentage: 30, duration: 10m }
        """;

    private static string Flag(bool value) => value ? "true" : "false";

    private static void Count(World world, SortedDictionary<string, double> totals)
    {
        var page = new Snapshot(world.Layout);
        world.CopyTo(page);
        var status = world.Status();
        (totals["sessions"], totals["tokens"], totals["cost"], totals["given up"]) = (status.TotalSessions, status.TotalTokens, status.TotalCost, status.TotalErrors);
        totals["commits"] = Sum("commit_count", _ => true);
        totals["main tokens"] = Sum("token_usage_tokens", leaf => leaf.Contains(new("query_source", "main")));
        totals["edits"] = Sum("tool_usage", leaf => leaf.Contains(new("tool_name", "Edit")));

        double Sum(string name, Func<IReadOnlyList<Label>, bool> counts)
        {
            var index = world.Layout.Families.ToList().FindIndex(family => family.Name == "otel_claude_code_" + name);
            var leaves = world.Layout.Families[index].Leaves;
            return page.Columns[index].Where((_, cell) => counts(leaves[cell % leaves.Count])).Sum();
        }
    }
}
