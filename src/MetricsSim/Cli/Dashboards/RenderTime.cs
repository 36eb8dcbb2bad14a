using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Cli.Dashboards;

/// <summary>The flags <c>--range --from</c>, which with <c>--to</c> say which time a drawing shows.</summary>
/// <param name="boards">Has <c>--to</c>.</param>
internal sealed class RenderTime(BoardFlags boards)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    // What Grafana shows of a dashboard that does not say.
    private static readonly TimeSpan Usual = TimeSpan.FromHours(6);

    private readonly Option<TimeSpan?> _range = new("--range")
    {
        Description = "How much time to show [default: each dashboard's own]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<string> _from = new("--from") { Description = "Start of the time shown, in place of --range", HelpName = "TIME" };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_range);
        command.Options.Add(_from);
    }

    /// <summary>Adds what is wrong.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, SimulatorConfig? config, ICollection<string> problems)
    {
        if (Flags.ValueUnlessBad(parse, _range) < Shortest) problems.Add($"--range: must be at least {DurationText.Format(Shortest)}");
        if (Flags.Token(parse, _from) is not { } text) return;
        if (Flags.Token(parse, _range) is not null) problems.Add("--range and --from say the same thing: give one of them");
        if (config is null) return;
        var before = problems.Count;
        if (BoardFlags.Read(text, config, out var problem) is not { } from) problems.Add($"--from: {problem}");
        else if (before == 0 && boards.To(parse, config) - from < Shortest) problems.Add("--from: is not before the end of the time shown");
    }

    /// <summary>The time to show.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="to">Its end.</param>
    public BoardTime Of(ParseResult parse, SimulatorConfig config, Dashboard dashboard, DateTimeOffset to)
    {
        if (Flags.Token(parse, _from) is { } text) return new(BoardFlags.Read(text, config, out _)!.Value, to);
        return parse.GetValue(_range) is { } range ? BoardTime.Last(range, to) : BoardTime.Parse(dashboard.From, dashboard.To, to) ?? BoardTime.Last(Usual, to);
    }

    /// <summary>What to tell of a dashboard whose own time is in a form that is not read.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="dashboard">The dashboard.</param>
    /// <returns>Null when its time is read, or isn't used.</returns>
    public string? Note(ParseResult parse, Dashboard dashboard) =>
        Flags.Token(parse, _from) is null && parse.GetValue(_range) is null && BoardTime.Parse(dashboard.From, dashboard.To, DateTimeOffset.UnixEpoch.AddYears(100)) is null
            ? $"{dashboard.Source}: its time, {Quoting.Quote(dashboard.From)} to {Quoting.Quote(dashboard.To)}, is not of the form now-6h to now: the last {DurationText.Format(Usual)} are drawn; --range or --from says otherwise"
            : null;

}
