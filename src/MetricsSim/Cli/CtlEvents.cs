using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetricsSim.Cli;

/// <summary><c>ctl events</c>: a line for everything that happens, until interrupted or the daemon stops.</summary>
internal static class CtlEvents
{
    /// <summary>Makes the command.</summary>
    /// <param name="options">Where the daemon is.</param>
    /// <returns>The command.</returns>
    public static CtlVerb Verb(CtlOptions options) =>
        new("events", "Follow what happens, a line each, until interrupted or the daemon stops", options, FollowAsync);

    private static async Task FollowAsync(CtlCall call, CancellationToken stop)
    {
        using var response = await call.Daemon.OpenAsync(Api.EventEndpoint.Path.TrimStart('/'), stop);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        var name = "";
        while (await NextAsync(call, lines, stop) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) call.Terminal.Write(Line(call, name, line["data: ".Length..]) + "\n");
        }
    }

    private static async Task<string?> NextAsync(CtlCall call, StreamReader lines, CancellationToken stop)
    {
        try
        {
            return await lines.ReadLineAsync(stop);
        }
        catch (IOException e)
        {
            throw call.Daemon.Unreachable($"the stream was cut: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string Line(CtlCall call, string name, string data)
    {
        if (call.Json)
        {
            var json = JsonNode.Parse(data)!.AsObject();
            json.Insert(0, "event", name);
            return json.ToJsonString();
        }

        using var document = JsonDocument.Parse(data);
        var told = document.RootElement;
        return $"{told.Text("simulated_time")}  {name,-20}  {What(told)}";
    }

    private static string VerdictLine(JsonElement verdict)
    {
        var window = verdict.GetProperty("window_seconds").ValueKind == JsonValueKind.Null ? "" : $" over the last {verdict.Duration("window_seconds")}";
        var reason = verdict.GetProperty("reason").ValueKind == JsonValueKind.Null ? "" : $": {verdict.Text("reason")}";
        return $"{verdict.Text("outcome").Replace('_', ' ')}: {verdict.Text("metric")} {verdict.Text("condition")}{window}, measured {verdict.Text("value")}{reason}";
    }

    private static string What(JsonElement told)
    {
        var simulation = told.TryGetProperty("simulation_id", out var id) ? $" [{id.GetString()}]" : "";
        if (told.TryGetProperty("timeline", out var entry))
            return $"{$"{entry.Text("event")} {entry.GetProperty("parameters").Line()}".TrimEnd()}: {entry.Text("description")}{simulation}";
        if (told.TryGetProperty("fault", out var fault)) return $"{fault.Text("type")} {fault.Text("fault_id")}{simulation}";
        if (told.TryGetProperty("verdict", out var verdict)) return $"{VerdictLine(verdict)}{simulation}";
        if (told.TryGetProperty("passed", out var passed))
            return $"{told.Text("scenario_id")} {(passed.GetBoolean() ? "passed" : "failed")}{(told.Text("judged") == "part" ? ", as far as it was played" : "")}{simulation}";
        if (told.TryGetProperty("scenario_id", out var scenario)) return $"{scenario.GetString()}{simulation}";
        if (told.TryGetProperty("load", out _)) return $"load {told.Text("load")}";
        return told.TryGetProperty("speed", out _) ? $"speed {told.Text("speed")}{(told.GetProperty("paused").GetBoolean() ? ", paused" : "")}" : "";
    }
}
