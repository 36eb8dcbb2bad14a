using System.CommandLine;
using System.CommandLine.Help;

namespace MetricsSim.Cli;

/// <summary>The program as its caller sees it: arguments in, exit code out.</summary>
/// <param name="terminal">Where it runs.</param>
/// <param name="commands">Makes the commands, which share some options.</param>
internal sealed class CommandLine(Terminal terminal, Func<SharedOptions, IEnumerable<Command>> commands)
{
    // Response files and bundled short options would only turn typing errors into surprises.
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs one command.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="stop">Cancelled to interrupt it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken stop)
    {
        try
        {
            var parse = Root().Parse(args, Parsing);
            if (parse.CommandResult.Command is TerminalCommand command && !AsksForHelp(parse)) return await command.RunAsync(parse, terminal, stop);
            if (parse.Errors.Count > 0 && !AsksForHelp(parse)) return BadCommandLine(parse);
            await using var text = new StringWriter { NewLine = "\n" };
            var code = await parse.InvokeAsync(new InvocationConfiguration { Output = text, Error = terminal.Error, EnableDefaultExceptionHandler = false }, stop);
            terminal.Write(Terminal.TrimLines(text.ToString()));
            return code;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception)
        {
            return Report(exception);
        }
    }

    private static bool AsksForHelp(ParseResult parse) => parse.Action is HelpAction or VersionAction;

    private Command Root()
    {
        var shared = new SharedOptions();
        var root = new Command(
            "metricssim",
            "Simulates a population of Claude Code users, and the services behind them, and publishes what a monitoring system would see.");
        root.Options.Add(new HelpOption { Action = new HelpAction { MaxWidth = terminal.WidthOfHelp } });
        root.Options.Add(new VersionOption { Action = new VersionAction() });
        shared.AddTo(root);
        foreach (var command in commands(shared)) root.Subcommands.Add(command);
        return root;
    }

    private int BadCommandLine(ParseResult parse)
    {
        var path = CliCommand.PathOf(parse.CommandResult);
        foreach (var error in parse.Errors) terminal.Error.WriteLine($"metricssim: {error.Message}");
        var names = parse.CommandResult.Command.Subcommands.Select(command => command.Name);
        terminal.Error.WriteLine($"Commands: {string.Join(", ", names)}; see {path} --help.");
        return ExitCodes.BadInput;
    }

    private int Report(Exception exception)
    {
        switch (exception)
        {
            case OutputException output:
                terminal.Error.WriteLine($"metricssim: can't write the output: {output.Message}");
                return ExitCodes.CannotBindOrWrite;
            default:
                terminal.Error.WriteLine($"metricssim: internal error: {exception.Message.ReplaceLineEndings(" ")}; run with LOG_LEVEL=debug for the trace");
                if (terminal.Variable("LOG_LEVEL") is { } level && level.ToLowerInvariant() is "debug" or "trace") terminal.Error.WriteLine(exception);
                return ExitCodes.InternalError;
        }
    }
}
