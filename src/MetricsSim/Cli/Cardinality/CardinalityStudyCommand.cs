using System.CommandLine;
using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Reports;
using MetricsSim.Studies;

namespace MetricsSim.Cli.Cardinality;

/// <summary><c>cardinality study</c>: what series cost a real Prometheus, measured over a sweep of sizes.</summary>
internal sealed class CardinalityStudyCommand : CliCommand
{
    private readonly StudyFlags _flags = new();

    /// <summary>Makes the command.</summary>
    /// <param name="shared">The options that every command takes.</param>
    public CardinalityStudyCommand(SharedOptions shared)
        : base("study", "Measure what series cost a real Prometheus: queries over history on disk, scrapes, memory, over a sweep of sizes", shared) => _flags.AddTo(this);

    /// <inheritdoc />
    protected override void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems) =>
        _flags.Check(parse, config, problems);

    /// <inheritdoc />
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.PrintWarnings();
        var terminal = invocation.Terminal;
        var name = _flags.Server(invocation.Parse);
        if (ServerProgram.Find(name, terminal.Variable("PATH")) is not { } program)
        {
            await terminal.Error.WriteLineAsync($"metricssim: {name} is not {(name.Contains('/') ? "there" : "on the PATH")}: {ServerProgram.HowToInstall}");
            return ExitCodes.MissingDependency;
        }

        if (await ServerProgram.VersionAsync(program, ServerProgram.Patience, stop) is not { } version)
        {
            await terminal.Error.WriteLineAsync($"metricssim: {program} is no Prometheus: {ServerProgram.HowToInstall}");
            return ExitCodes.MissingDependency;
        }

        var plan = _flags.Plan(invocation, program);
        var files = new StudyFiles(_flags.Output(invocation.Parse), _flags.Pictures(invocation.Parse));
        files.Prepare();
        OutputException.Guard(() => Directory.CreateDirectory(plan.WorkDirectory));
        var study = await MeasureAsync(invocation, plan, version, stop);
        foreach (var path in files.Write(study)) await terminal.Error.WriteLineAsync($"wrote {path}");
        if (invocation.Json) terminal.Write(StudyJson.Of(study));
        else terminal.Render(invocation.NoColor, console => StudyTable.Draw(console, study));
        return Code(study, _flags.FailsOnMiss(invocation.Parse));
    }

    private static async Task<StudyResult> MeasureAsync(Invocation invocation, StudyPlan plan, string version, CancellationToken stop)
    {
        SizedPopulation[] populations = [.. plan.Sizes.Select(size => SizedPopulation.For(plan.Config.World, size, plan.History, out _)!)];
        var window = StudyWindow.Before(TimeProvider.System.GetUtcNow(), plan.History, plan.Interval);
        var study = new CardinalityStudy(plan, window, invocation.Terminal);
        var began = TimeProvider.System.GetTimestamp();
        var shareOfAll = 0.0;
        StudyResult? result = null;
        string[] bars = ["all", .. populations.Select(population => $"{population.Asked.ToString("N0", CultureInfo.InvariantCulture)} series")];
        await RunProgress.WatchAsync(invocation, bars, async progress => result = await study.RunAsync(
            populations,
            version,
            (i, share, all) =>
            {
                shareOfAll = all;
                progress(i + 1, share);
                progress(0, all);
            },
            size =>
            {
                // Bars would be torn apart by lines.
                if (!invocation.Terminal.Interactive || invocation.Json) Tell(invocation.Terminal, size, TimeProvider.System.GetElapsedTime(began), shareOfAll);
            },
            stop));
        return result!;
    }

    private static void Tell(Terminal terminal, SizeResult size, TimeSpan elapsed, double share)
    {
        var left = share < 1 ? $"; about {DurationText.Format(TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds * (1 - share) / share)))} left" : "";
        terminal.Error.WriteLine($"{size.Series:N0} series, {size.Users:N0} users: {size.Problem ?? "measured"} after {DurationText.Format(TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds)))}{left}");
    }

    private static int Code(StudyResult study, bool failsOnMiss)
    {
        if (study.Sizes.All(size => size.Queries.Count == 0))
            return study.Sizes.Any(size => size.History is not null) ? ExitCodes.MissingDependency : ExitCodes.CannotBindOrWrite;
        return failsOnMiss && study.Findings.Any(finding => finding.MissesUpTo(study.Settings.TotalSeriesLimit)) ? ExitCodes.NegativeVerdict : ExitCodes.Ok;
    }
}
