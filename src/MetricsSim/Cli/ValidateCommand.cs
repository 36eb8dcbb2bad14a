using System.CommandLine;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary><c>validate</c>: every error and warning of a configuration, and the world it makes.</summary>
internal sealed class ValidateCommand : CliCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The file to check, instead of --config",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public ValidateCommand(SharedOptions shared)
        : base("validate", "Check a configuration: every error and warning at once, and a summary of the world it makes", shared) => Arguments.Add(_file);

    /// <inheritdoc />
    protected override string? ConfigPath(ParseResult parse, Terminal terminal) =>
        parse.GetResult(_file)?.Tokens is [var file] ? file.Value : base.ConfigPath(parse, terminal);

    /// <inheritdoc />
    protected override int Refuse(ParseResult parse, Terminal terminal, ConfigResult read)
    {
        if (WantsJson(parse)) terminal.Write(Json.Text(new { Valid = false, read.Errors, read.Warnings }));
        else terminal.Write($"{Findings(read.Errors, read.Warnings)}{Count(read.Errors.Count, "error")}, {Count(read.Warnings.Count, "warning")}\n");
        return ExitCodes.BadInput;
    }

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        var summary = await Task.Run(() => WorldSummary.Of(invocation.Config), stop).WaitAsync(stop);
        if (invocation.Json)
        {
            invocation.Terminal.Write(Json.Text(new { Valid = true, Errors = Array.Empty<string>(), invocation.Warnings, World = summary }));
            return ExitCodes.Ok;
        }

        invocation.Terminal.Write(Findings([], invocation.Warnings));
        invocation.Terminal.Write($"{invocation.Config.Path ?? "built-in defaults"}: valid, {Count(invocation.Warnings.Count, "warning")}\n");
        invocation.Terminal.Render(invocation.NoColor, summary.Draw);
        return ExitCodes.Ok;
    }

    private static string Findings(IEnumerable<ConfigFinding> errors, IEnumerable<ConfigFinding> warnings) =>
        string.Concat(errors.Select(error => $"{error}\n").Concat(warnings.Select(warning => $"warning: {warning}\n")));

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
