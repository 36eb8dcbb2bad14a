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
    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken stop)
    {
        var problems = parse.Errors.Select(error => error.Message).ToList();
        var address = Flags.Token(parse, options.Url) ?? CtlOptions.DefaultUrl;
        var url = DaemonClient.Address(address);
        if (url is null)
            problems.Add($"--url: '{address}' is not an http or https address such as {CtlOptions.DefaultUrl}");
        if (url is null || problems.Count > 0)
        {
            foreach (var problem in problems) await terminal.Error.WriteLineAsync($"metricssim: {problem}");
            await terminal.Error.WriteLineAsync($"See {CliCommand.PathOf(parse.CommandResult)} --help.");
            return ExitCodes.BadInput;
        }

        using var daemon = new DaemonClient(url, terminal.Variable("METRICSSIM_API_KEY"));
        try
        {
            await execute(new CtlCall(daemon, parse, terminal, parse.GetValue(options.Shared.Json), parse.GetValue(options.Shared.NoColor)), stop);
            return ExitCodes.Ok;
        }
        catch (CtlException failure)
        {
            foreach (var line in failure.Lines) await terminal.Error.WriteLineAsync($"metricssim: {line}");
            return failure.ExitCode;
        }
    }
}
