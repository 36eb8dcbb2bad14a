using System.CommandLine;
using System.Text.Json.Nodes;
using MetricsSim.Core.Faults;

namespace MetricsSim.Cli;

/// <summary><c>ctl</c> commands about faults.</summary>
internal static class CtlFaults
{
    private const string Faults = "api/v1/faults";

    // Flags are the keys of scenario files with hyphens.
    private static readonly (string Flag, string Value, string Description)[] Parameters =
    [
        ("--duration", "DURATION", "How long, simulated [default: until it is cleared]"),
        ("--affected-percentage", "N", "Share that is hit, 0 to 100 [default: the type's]"),
        ("--model", "MODEL", "Model that model_outage is limited to [default: all]"),
        ("--min-delay", "MS", "Least added delay of network_latency, scrape_delay [default: 0]"),
        ("--max-delay", "MS", "Largest added delay of network_latency, scrape_delay"),
        ("--retry-after", "DURATION", "When users try again after authentication_failures [default: 60s]"),
        ("--affected-resources", "LIST", "Resources that resource_exhaustion takes, with commas between [default: all]"),
        ("--max-series", "N", "Series that cardinality_explosion adds at most [default: 10000]"),
        ("--offset-seconds", "N", "How far clock_skew puts the clock ahead, negative for behind [default: 300]"),
    ];

    /// <summary>Makes them.</summary>
    /// <param name="options">Where the daemon is.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<CtlVerb> Verbs(CtlOptions options)
    {
        yield return new CtlVerb("faults", "List the faults in force", options, ListAsync);
        yield return Begin(options);
        yield return Clear(options);
    }

    private static CtlVerb Begin(CtlOptions options)
    {
        var types = string.Join(", ", FaultTypes.Names);
        var fault = new Argument<string>("TYPE") { Description = $"What breaks: {types}" };
        var flags = Parameters.Select(parameter => new Option<string>(parameter.Flag) { HelpName = parameter.Value, Description = parameter.Description }).ToArray();
        var verb = new CtlVerb("fault", "Begin a fault", options, async (call, stop) =>
        {
            var body = flags.Select(flag => KeyValuePair.Create(flag.Name[2..].Replace('-', '_'), Value(flag, call.Parse.GetValue(flag))))
                .Append(new("type", JsonValue.Create(call.Parse.GetValue(fault))));
            var begun = await call.SendAsync(HttpMethod.Post, Faults, body, stop);
            call.Print(begun, $"{begun.Text("type")} is {begun.Text("fault_id")} from {begun.Text("started_at")} to {begun.Text("ends_at")}");
        }) { fault };
        foreach (var flag in flags) verb.Options.Add(flag);
        return verb;
    }

    private static CtlVerb Clear(CtlOptions options)
    {
        var id = new Argument<string>("FAULT") { Description = "Its id" };
        return new CtlVerb("clear", "End a fault that was begun by hand", options, async (call, stop) =>
        {
            var ended = await call.SendAsync(HttpMethod.Delete, $"{Faults}/{Uri.EscapeDataString(call.Parse.GetValue(id)!)}", null, stop);
            call.Print(ended, $"{ended.Text("fault_id")} ({ended.Text("type")}) ended at {ended.Text("ends_at")}");
        }) { id };
    }

    private static async Task ListAsync(CtlCall call, CancellationToken stop)
    {
        var rows = await call.GetAsync(Faults, stop);
        call.Print(rows, console => CtlFields.Table(
            console,
            rows,
            "No fault is in force.",
            ("id", row => row.Text("fault_id")),
            ("type", row => row.Text("type")),
            ("simulation", row => row.Text("simulation_id")),
            ("started", row => row.Text("started_at")),
            ("ends", row => row.Text("ends_at")),
            ("parameters", row => row.GetProperty("parameters").Line("duration"))));
    }

    private static JsonNode? Value(Option<string> flag, string? word) => (flag.Name, word) switch
    {
        (_, null) => null,
        ("--model", _) => JsonValue.Create(word),
        ("--affected-resources", _) => new JsonArray([.. word.Split(',').Select(resource => (JsonNode?)JsonValue.Create(resource.Trim()))]),
        _ => CtlFields.Value(word),
    };
}
