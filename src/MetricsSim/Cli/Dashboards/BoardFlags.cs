using System.CommandLine;
using System.Text.RegularExpressions;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Domain;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.Dashboards;

/// <summary>What commands on dashboards share: <c>FILE|DIR… --dashboard --prometheus --to --var --interval</c>.</summary>
internal sealed partial class BoardFlags
{
    private readonly Argument<string[]> _paths = new("FILE|DIR")
    {
        Description = $"Dashboards of Grafana as JSON, and directories of them [default: {DashboardFiles.DefaultDirectory}/]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _uids = new("--dashboard")
    {
        Description = "Only the dashboard with this uid; may be repeated",
        HelpName = "UID",
    };

    private readonly PrometheusFlag _prometheus = new("The Prometheus to ask");

    private readonly Option<string> _to = new("--to")
    {
        Description = "End of the time shown, such as 2026-01-05T10:00 [default: now]",
        HelpName = "TIME",
    };

    private readonly Option<string[]> _vars = new("--var")
    {
        Description = "Value of a variable; several values by repeating it [default: what the dashboard was saved with]",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<TimeSpan?> _interval = new("--interval")
    {
        Description = "Scrape interval of the data source, least step and a quarter of the least $__rate_interval [default: 15s]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_paths);
        foreach (var option in new Option[] { _uids, _prometheus.Option, _to, _vars, _interval }) command.Options.Add(option);
    }

    /// <summary>Adds what is wrong, but for the files.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, Terminal terminal, SimulatorConfig? config, ICollection<string> problems)
    {
        _prometheus.Check(parse, terminal, problems);
        if (Flags.ValueUnlessBad(parse, _interval) is { } interval && interval < TimeSpan.FromMilliseconds(1)) problems.Add("--interval: must be at least 1ms");
        foreach (var bad in Texts(parse, _vars).Where(value => !NameAndValue().IsMatch(value)))
            problems.Add($"--var: '{bad}' is not NAME=VALUE, where NAME has letters, digits and underscores");
        if (config is not null && Flags.Token(parse, _to) is { } to && Read(to, config, out var problem) is null) problems.Add($"--to: {problem}");
    }

    /// <summary>The files and directories that are named.</summary>
    /// <param name="parse">The command line.</param>
    public IReadOnlyList<string> Paths(ParseResult parse) => parse.GetResult(_paths) is { } result ? [.. result.Tokens.Select(token => token.Value)] : [];

    /// <summary>The uids that were picked; none for all.</summary>
    /// <param name="parse">The command line.</param>
    public IReadOnlyList<string> Uids(ParseResult parse) => Texts(parse, _uids);

    /// <summary>The Prometheus, or null if none is given.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="terminal">Where it runs.</param>
    public PrometheusAddress? Prometheus(ParseResult parse, Terminal terminal) => _prometheus.Address(parse, terminal);

    /// <summary>End of the time shown.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="config">The configuration.</param>
    public DateTimeOffset To(ParseResult parse, SimulatorConfig config) =>
        Flags.Token(parse, _to) is { } text ? Read(text, config, out _)!.Value : TimeProvider.System.GetUtcNow();

    /// <summary>Values that were given for variables.</summary>
    /// <param name="parse">A good command line.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Variables(ParseResult parse) => Texts(parse, _vars).Select(text => text.Split('=', 2))
        .GroupBy(pair => pair[0], pair => pair[1], StringComparer.Ordinal).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group], StringComparer.Ordinal);

    /// <summary>Scrape interval of the data source.</summary>
    /// <param name="parse">A good command line.</param>
    public TimeSpan Interval(ParseResult parse) => parse.GetValue(_interval) ?? PanelQueries.UsualScrapeInterval;

    /// <summary>What was given for an option that may be repeated.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="option">The option.</param>
    public static IReadOnlyList<string> Texts(ParseResult parse, Option option) => parse.GetResult(option) is { } result ? [.. result.Tokens.Select(token => token.Value)] : [];

    /// <summary>Reads a time of a flag: absolute, in the zone of the configuration where it names none.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    public static DateTimeOffset? Read(string text, SimulatorConfig config, out string? problem) =>
        StartConverter.Read(text, config.World.Activity.Seasonal.TimeZone, TimeProvider.System, out problem);

    [GeneratedRegex("^[A-Za-z0-9_]+=", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameAndValue();
}
