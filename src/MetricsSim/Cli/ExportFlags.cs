using System.CommandLine;
using MetricsSim.Configuration;

namespace MetricsSim.Cli;

/// <summary>What <c>run</c> exports: <c>--export --export-dir --export-interval</c>, which beat the file's <c>exports</c>.</summary>
internal sealed class ExportFlags
{
    private readonly Option<string> _formats = new("--export")
    {
        Description = "Write the time series of each run: json, csv, prometheus, several with commas [default: exports.formats if exports.enabled]",
        HelpName = "FORMAT[,FORMAT]",
    };

    private readonly Option<string> _directory = new("--export-dir") { Description = "Where to [default: exports.directory]", HelpName = "DIR" };

    private readonly Option<string> _interval = new("--export-interval")
    {
        Description = "Simulated time between two samples [default: exports.interval]",
        HelpName = "DURATION",
    };

    /// <summary>The keys they set.</summary>
    public IReadOnlyList<Setting> Settings =>
    [
        new("exports.formats", _formats, null) { IsList = true },
        new("exports.directory", _directory, null),
        new("exports.interval", _interval, null),
    ];

    /// <summary>The flags.</summary>
    public IReadOnlyList<Option> Options => [_formats, _directory, _interval];

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in Options) command.Options.Add(option);
    }

    /// <summary>Whether anything is to be exported.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="config">The configuration.</param>
    /// <returns>True when the file or a flag says so.</returns>
    public bool Wanted(ParseResult parse, SimulatorConfig config) => config.Document.Exports.Enabled || Flags.Token(parse, _formats) is not null;

    /// <summary>Adds what is wrong.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, SimulatorConfig config, ICollection<string> problems)
    {
        if (Wanted(parse, config)) return;
        foreach (var option in new[] { _directory, _interval }.Where(option => Flags.Token(parse, option) is not null))
            problems.Add($"{option.Name}: nothing is exported: add --export FORMAT, or set exports.enabled");
    }
}
