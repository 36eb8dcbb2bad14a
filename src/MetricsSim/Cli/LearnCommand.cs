using System.CommandLine;
using MetricsSim.Exports;
using MetricsSim.Learning;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli;

/// <summary><c>learn</c>: a configuration of series groups that mimics a metrics page or the data of a Prometheus.</summary>
internal sealed class LearnCommand : TerminalCommand
{
    private readonly SharedOptions _shared;
    private readonly LearnFlags _flags = new();

    private readonly Option<bool> _anonymize = new("--anonymize") { Description = "Replace label values by letters, as many and as long" };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "File for the configuration [default: standard output]",
        HelpName = "FILE",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public LearnCommand(SharedOptions shared)
        : base("learn", "Write a configuration whose series mimic a metrics page, or what a Prometheus has")
    {
        _shared = shared;
        _flags.AddTo(this);
        Options.Add(_anonymize);
        Options.Add(_output);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken stop)
    {
        var problems = parse.Errors.Select(error => error.Message).ToList();
        var request = _flags.Resolve(parse, problems);
        if (Flags.Token(parse, _output) is { Length: 0 }) problems.Add("--output: a path is empty");
        if (request is null || problems.Count > 0)
        {
            foreach (var problem in problems) await terminal.Error.WriteLineAsync($"metricssim: {problem}");
            await terminal.Error.WriteLineAsync($"See {CliCommand.PathOf(parse.CommandResult)} --help.");
            return ExitCodes.BadInput;
        }

        try
        {
            var learned = await StatusLine.WatchAsync(
                terminal, parse.GetValue(_shared.Json), parse.GetValue(_shared.NoColor), "learning", tell => LearnAsync(request, terminal, tell, stop), stop);
            if (parse.GetValue(_anonymize)) learned = Masked(learned, parse);
            Write(learned, parse, terminal);
            return ExitCodes.Ok;
        }
        catch (LearnException failure)
        {
            await terminal.Error.WriteLineAsync($"metricssim: {failure.Message}");
            return failure.ExitCode;
        }
        catch (PrometheusException failure)
        {
            await terminal.Error.WriteLineAsync($"metricssim: {failure.Message}");
            return failure.Failure is PrometheusFailure.Query or PrometheusFailure.TooLarge ? ExitCodes.BadInput : ExitCodes.MissingDependency;
        }
    }

    private static async Task<LearnedConfig> LearnAsync(LearnRequest request, Terminal terminal, Action<string> tell, CancellationToken stop)
    {
        var learned = request switch
        {
            PageRequest page => await PageLearning.LearnAsync(page, terminal.In, TimeProvider.System, tell, stop),
            PrometheusRequest prometheus => await PrometheusLearning.LearnAsync(prometheus, TimeProvider.System, tell, stop),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "Nothing to learn from."),
        };
        return learned.Groups.Count > 0 ? learned : throw new LearnException(ExitCodes.BadInput, $"{learned.Source} has no samples: nothing to learn");
    }

    private LearnedConfig Masked(LearnedConfig learned, ParseResult parse)
    {
        // Whatever the seed, the letters don't follow from the values.
        var anonymizer = new Anonymizer(Core.Randomness.KeyedRandom.KeyOf(Flags.Token(parse, _shared.Seed) ?? ""));
        return learned with { Source = null, Groups = [.. learned.Groups.Select(anonymizer.Mask)] };
    }

    private void Write(LearnedConfig learned, ParseResult parse, Terminal terminal)
    {
        var text = learned.Text(TimeProvider.System.GetUtcNow());
        var path = parse.GetValue(_output);
        if (path is null) terminal.Write(text);
        else WriteFile(path, text);
        if (LearnedConfig.IsTooLarge(text)) terminal.Error.WriteLine("warning: this is larger than a configuration may be: learn from fewer families");
        var json = parse.GetValue(_shared.Json);
        var report = json
            ? Json.Text(new { learned.Source, Output = path ?? "-", Families = learned.Groups.Count, learned.Series, learned.Types, learned.LeftOut })
            : $"{learned.Groups.Count:N0} metric families, {learned.Series:N0} series: {string.Join(", ", learned.Types.Select(type => $"{type.Value} {type.Key}"))}{(learned.LeftOut.Count > 0 ? $"; {learned.LeftOut.Count:N0} left out" : "")}\n";
        // A configuration on standard output leaves no place there for anything else.
        if (path is null) terminal.Error.Write(report);
        else terminal.Write(report);
    }

    private static void WriteFile(string path, string text) => OutputException.Guard(() =>
    {
        using var file = new PendingFile(path, gzip: false);
        file.Stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Complete();
        file.Publish();
    });
}
