using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary><c>ctl</c> commands about the daemon as a whole: status, load, clock.</summary>
internal static class CtlOperator
{
    private const string Clock = "api/v1/clock";
    private const string Load = "api/v1/load";

    /// <summary>Makes them.</summary>
    /// <param name="options">Where the daemon is.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<CtlVerb> Verbs(CtlOptions options)
    {
        yield return new CtlVerb("status", "Show what the daemon does, in a few lines", options, StatusAsync);
        yield return Factor("load", "Multiply arrivals by X, beside the loads of simulations; 1 takes it back", options, async (call, factor, stop) =>
        {
            var load = await call.SendAsync(HttpMethod.Put, Load, [new("multiplier", factor)], stop);
            call.Print(load, $"load {load.Text("multiplier")}, {load.Text("load")} with what runs");
        });
        yield return Factor("speed", "Run the simulated clock X times faster than the wall clock", options, (call, factor, stop) =>
            SetClockAsync(call, new("speed", factor), stop));
        yield return new CtlVerb("pause", "Stop the simulated clock; scrapes go on", options, (call, stop) => SetClockAsync(call, new("paused", true), stop));
        yield return new CtlVerb("resume", "Let the simulated clock go on", options, (call, stop) => SetClockAsync(call, new("paused", false), stop));
    }

    private static CtlVerb Factor(string name, string description, CtlOptions options, Func<CtlCall, JsonNode?, CancellationToken, Task> execute)
    {
        var factor = new Argument<string>("X") { Description = "A number" };
        return new CtlVerb(name, description, options, (call, stop) => execute(call, CtlFields.Value(call.Parse.GetValue(factor)), stop)) { factor };
    }

    private static async Task SetClockAsync(CtlCall call, KeyValuePair<string, JsonNode?> field, CancellationToken stop)
    {
        var clock = await call.SendAsync(HttpMethod.Put, Clock, [field], stop);
        call.Print(clock, Tell(clock));
    }

    private static async Task StatusAsync(CtlCall call, CancellationToken stop)
    {
        var health = await call.GetAsync("health", stop);
        var clock = await call.GetAsync(Clock, stop);
        var load = await call.GetAsync(Load, stop);
        var faults = await call.GetAsync("api/v1/faults", stop);
        var cardinality = await call.GetAsync("api/v1/cardinality", stop);
        if (call.Json)
        {
            call.Terminal.Write(Json.Text(new { health, clock, load, faults, total_series = cardinality.GetProperty("total_series") }));
            return;
        }

        var grid = new Grid().AddColumn().AddColumn();
        foreach (var (name, text) in Lines(health, clock, load, faults, cardinality)) grid.AddRow(name, Markup.Escape(text));
        call.Terminal.Render(call.NoColor, console => console.Write(grid));
    }

    private static IEnumerable<(string Name, string Text)> Lines(
        JsonElement health, JsonElement clock, JsonElement load, JsonElement faults, JsonElement cardinality) =>
    [
        ("status", health.Text("status")),
        ("clock", Tell(clock)),
        ("scenario", health.Text("current_scenario")),
        ("load", load.Text("load")),
        ("faults", $"{faults.GetArrayLength()}"),
        ("users", health.Text("users_count")),
        ("sessions", health.Text("total_sessions") + " started"),
        ("cost", $"{health.Text("total_cost")} USD"),
        ("series", cardinality.Text("total_series")),
        ("uptime", $"{health.Text("uptime_seconds")} s"),
    ];

    private static string Tell(JsonElement clock) =>
        $"{clock.Text("simulated_time")}, speed {clock.Text("speed")}{(clock.GetProperty("paused").GetBoolean() ? ", paused" : "")}";
}
