using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetricsSim.Cli;

/// <summary><c>ctl</c> commands about scenarios and simulations.</summary>
internal static class CtlSimulations
{
    private const string Simulations = "api/v1/simulator/simulations";
    private const string Scenarios = "api/v1/simulator/scenarios";

    /// <summary>Makes them.</summary>
    /// <param name="options">Where the daemon is.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<CtlVerb> Verbs(CtlOptions options)
    {
        yield return new CtlVerb("scenarios", "List the daemon's scenarios", options, ListScenariosAsync);
        yield return new CtlVerb("simulations", "List the simulations that run, then those that have ended", options, ListAsync);
        yield return Starting("start", "Start a scenario beside whatever runs", options, (id, body) =>
            (HttpMethod.Post, $"{Scenarios}/{Uri.EscapeDataString(id)}/start", body));
        yield return Starting("switch", "Stop what runs, then start a scenario", options, (id, body) =>
            (HttpMethod.Post, "scenario", [.. body, new("scenario", id)]));
        yield return Stop(options);
    }

    private static CtlVerb Starting(
        string name,
        string description,
        CtlOptions options,
        Func<string, KeyValuePair<string, JsonNode?>[], (HttpMethod Method, string Path, KeyValuePair<string, JsonNode?>[] Body)> request)
    {
        var id = new Argument<string>("ID") { Description = "The scenario" };
        Option<string> duration = new("--duration") { Description = "End after this much of the timeline", HelpName = "DURATION" };
        Option<string> compress = new("--compress") { Description = "Play the timeline X times faster, at natural rates", HelpName = "X" };
        return new CtlVerb(name, description, options, async (call, stop) =>
        {
            var (method, path, body) = request(call.Parse.GetValue(id)!, [
                new("duration", CtlFields.Value(call.Parse.GetValue(duration))),
                new("compress", CtlFields.Value(call.Parse.GetValue(compress))),
                new("seed", CtlFields.Value(call.Parse.GetValue(options.Shared.Seed)))]);
            var started = await call.SendAsync(method, path, body, stop);
            call.Print(started, $"{started.Text("scenario_id")} runs as {started.Text("simulation_id")} from {started.Text("started_at")}");
        }) { id, duration, compress };
    }

    private static CtlVerb Stop(CtlOptions options)
    {
        var id = new Argument<string>("SIM") { Description = "The simulation" };
        return new CtlVerb("stop", "Stop a simulation: its load, enablement and faults end", options, async (call, stop) =>
        {
            var stopped = await call.SendAsync(HttpMethod.Post, $"{Simulations}/{Uri.EscapeDataString(call.Parse.GetValue(id)!)}/stop", [], stop);
            call.Print(stopped, $"{stopped.Text("simulation_id")} ({stopped.Text("scenario_id")}) {stopped.Text("status")} at {stopped.Text("ends_at")}");
        }) { id };
    }

    private static async Task ListScenariosAsync(CtlCall call, CancellationToken stop)
    {
        var rows = await call.GetAsync(Scenarios, stop);
        call.Print(rows, console => CtlFields.Table(
            console,
            rows,
            "The daemon has no scenario.",
            ("id", row => row.Text("id")),
            ("name", row => row.Text("name")),
            ("duration", row => row.Duration("duration_seconds")),
            ("difficulty", row => row.Text("difficulty")),
            ("severity", row => row.Text("severity")),
            ("tags", row => row.Text("tags"))));
    }

    private static async Task ListAsync(CtlCall call, CancellationToken stop)
    {
        var rows = await call.GetAsync(Simulations, stop);
        call.Print(rows, console => CtlFields.Table(
            console,
            rows,
            "No simulation has been started.",
            ("id", row => row.Text("simulation_id")),
            ("scenario", row => row.Text("scenario_id")),
            ("status", row => row.Text("status")),
            ("progress", row => row.GetProperty("progress").GetDouble().ToString("P0", CultureInfo.InvariantCulture)),
            ("started", row => row.Text("started_at")),
            ("ends", row => row.Text("ends_at")),
            ("next event", Next),
            ("faults", row => row.Text("active_faults")),
            ("verdicts", Verdicts)));
    }

    private static string Verdicts(JsonElement row)
    {
        if (row.GetProperty("verdicts") is not { ValueKind: JsonValueKind.Array } verdicts) return "–";
        var held = verdicts.EnumerateArray().Count(verdict => verdict.GetProperty("passed").GetBoolean());
        return $"{(row.GetProperty("passed").GetBoolean() ? "passed" : "failed")} {held}/{verdicts.GetArrayLength()}";
    }

    private static string Next(JsonElement row) =>
        row.GetProperty("next_event") is { ValueKind: JsonValueKind.Object } next ? $"{next.Text("event")} at {next.Text("at")}" : "–";
}
