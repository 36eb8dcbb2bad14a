using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>A <c>ctl</c> command on its way: asks the daemon and prints what it answers.</summary>
/// <param name="Daemon">The daemon.</param>
/// <param name="Parse">The command line, without errors.</param>
/// <param name="Terminal">Where it runs.</param>
/// <param name="Json">Whether results are machine-readable.</param>
/// <param name="NoColor">Whether colour is unwanted.</param>
internal sealed record CtlCall(DaemonClient Daemon, ParseResult Parse, Terminal Terminal, bool Json, bool NoColor)
{
    /// <summary>Reads.</summary>
    /// <param name="path">Path, without the slash in front.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="CtlException">There is none, or it is an error.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken stop) => Daemon.GetAsync(path, stop);

    /// <summary>Asks for a change.</summary>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">Path, without the slash in front.</param>
    /// <param name="body">Fields; those that are null are left out.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="CtlException">There is none, or it is an error.</exception>
    public Task<JsonElement> SendAsync(HttpMethod method, string path, IEnumerable<KeyValuePair<string, JsonNode?>>? body, CancellationToken stop) =>
        Daemon.SendAsync(method, path, body, stop);

    /// <summary>Prints an answer.</summary>
    /// <param name="answer">The answer as it came.</param>
    /// <param name="draw">Draws it for people.</param>
    public void Print(JsonElement answer, Action<IAnsiConsole> draw)
    {
        if (Json) Terminal.Write(Cli.Json.Text(answer));
        else Terminal.Render(NoColor, draw);
    }

    /// <summary>Prints an answer that one line tells.</summary>
    /// <param name="answer">The answer as it came.</param>
    /// <param name="line">The line for people.</param>
    public void Print(JsonElement answer, string line) => Terminal.Write(Json ? Cli.Json.Text(answer) : line + "\n");
}
