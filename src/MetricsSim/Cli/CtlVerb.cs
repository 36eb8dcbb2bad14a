using System.CommandLine;

namespace MetricsSim.Cli;

/// <summary>One thing <c>ctl</c> can ask of a daemon. The daemon checks what is asked; its reasons are printed.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence for help.</param>
/// <param name="options">Where the daemon is.</param>
/// <param name="execute">Asks, and prints the answer.</param>
internal sealed class CtlVerb(string name, string description, CtlOptions options, Func<CtlCall, CancellationToken, Task> execute)
    : TerminalCommand(name, description)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken stop)
    {
        var problems = parse.Errors.Select(error => error.Message).ToList();
        var address = Flags.Token(parse, options.Url) ?? CtlOptions.DefaultUrl;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            problems.Add($"--url: '{address}' is not an http or https address such as {CtlOptions.DefaultUrl}");
        if (problems.Count > 0)
        {
            foreach (var problem in problems) await terminal.Error.WriteLineAsync($"metricssim: {problem}");
            await terminal.Error.WriteLineAsync($"See {CliCommand.PathOf(parse.CommandResult)} --help.");
            return ExitCodes.BadInput;
        }

        // How long an answer may take is up to the call: events come as long as the daemon runs.
        using var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout };
        using var client = new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        if (terminal.Variable("METRICSSIM_API_KEY") is { Length: > 0 } key) client.DefaultRequestHeaders.TryAddWithoutValidation(Api.RequestGuard.KeyHeader, key);
        try
        {
            await execute(new CtlCall(client, parse, terminal, parse.GetValue(options.Shared.Json), parse.GetValue(options.Shared.NoColor)), stop);
            return ExitCodes.Ok;
        }
        catch (CtlException failure)
        {
            foreach (var line in failure.Lines) await terminal.Error.WriteLineAsync($"metricssim: {line}");
            return failure.ExitCode;
        }
    }
}
