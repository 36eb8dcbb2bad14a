using System.CommandLine;
using System.Text.RegularExpressions;
using MetricsSim.Configuration;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>Which servers <c>run</c> works with: <c>--live --prometheus --match --patience</c>, and PROMETHEUS_URL.</summary>
internal sealed partial class LiveFlags
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(2);

    private readonly Option<string> _live = new("--live")
    {
        Description = "Play them in real time on the daemon with this control port, and judge them by Prometheus",
        HelpName = "URL",
    };

    private readonly PrometheusFlag _prometheus = new("Prometheus that scrapes the daemon, or has the same run as history");

    private readonly Option<string> _match = new("--match")
    {
        Description = "Label matchers that choose the daemon's series, such as 'job=\"metricssim\"' [default: all]",
        HelpName = "MATCHERS",
    };

    private readonly Option<TimeSpan?> _patience = new("--patience")
    {
        Description = $"With --live, how long to wait for a server that is away [default: {DurationText.Format(DefaultPatience)}]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _live, _prometheus.Option, _match, _patience }) command.Options.Add(option);
    }

    /// <summary>Whether a daemon plays, good address or bad.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>True with <c>--live</c>.</returns>
    public bool IsLive(ParseResult parse) => parse.GetResult(_live) is not null;

    /// <summary>The daemon's address.</summary>
    /// <param name="parse">A good command line.</param>
    /// <returns>Ends in a slash.</returns>
    public Uri Daemon(ParseResult parse) => DaemonClient.Address(Flags.Token(parse, _live)!)!;

    /// <summary>The Prometheus, or null if none is given.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <returns>Its address.</returns>
    public PrometheusAddress? Prometheus(ParseResult parse, Terminal terminal) => _prometheus.Address(parse, terminal);

    /// <summary>Label matchers that choose the daemon's series.</summary>
    /// <param name="parse">A good command line.</param>
    /// <returns>Matchers without braces; empty for none.</returns>
    public string Match(ParseResult parse) => (Flags.Token(parse, _match) ?? "").Trim().Trim('{', '}').Trim();

    /// <summary>How long to wait for a server that is away.</summary>
    /// <param name="parse">A good command line.</param>
    /// <returns>The time.</returns>
    public TimeSpan Patience(ParseResult parse) => parse.GetValue(_patience) ?? DefaultPatience;

    /// <summary>Adds what is wrong.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="local">Options that mean nothing on a daemon.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, Terminal terminal, IEnumerable<Option> local, ICollection<string> problems)
    {
        _prometheus.Check(parse, terminal, problems);
        var judges = _prometheus.IsGiven(parse, terminal);
        if (Flags.Token(parse, _match) is not null && !Matchers().IsMatch(Match(parse)))
            problems.Add($"--match: '{Flags.Token(parse, _match)}' is not a list of label matchers such as 'job=\"metricssim\"'");
        if (IsLive(parse)) CheckLive(parse, judges, local, problems);
        else if (Flags.Token(parse, _patience) is not null) problems.Add("--patience: nothing is waited for in virtual time: add --live URL");
        if (!judges && Flags.Token(parse, _match) is not null) problems.Add($"--match: no Prometheus is given: add --prometheus URL, or set {PrometheusAddress.Variable}");
    }

    private void CheckLive(ParseResult parse, bool judges, IEnumerable<Option> local, ICollection<string> problems)
    {
        if (Flags.Token(parse, _live) is { } live && DaemonClient.Address(live) is null)
            problems.Add($"--live: '{live}' is not an http or https address such as {CtlOptions.DefaultUrl}");
        if (!judges)
            problems.Add($"--live: a Prometheus that scrapes the daemon has to judge: add --prometheus URL, or set {PrometheusAddress.Variable}");
        foreach (var option in local.Where(option => parse.GetResult(option) is { Implicit: false }))
            problems.Add($"{option.Name}: means nothing with --live: the daemon plays, in a world of its own");
    }

    [GeneratedRegex("""^[a-zA-Z_]\w*\s*(=|!=|=~|!~)\s*"([^"\\\n]|\\.)*"(\s*,\s*[a-zA-Z_]\w*\s*(=|!=|=~|!~)\s*"([^"\\\n]|\\.)*")*$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Matchers();
}
