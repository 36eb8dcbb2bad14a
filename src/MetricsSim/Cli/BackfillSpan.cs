using System.CommandLine;
using MetricsSim.Backfill;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Domain;

namespace MetricsSim.Cli;

/// <summary>Flags that say which time a history covers: <c>--from --to --duration --interval</c>.</summary>
internal sealed class BackfillSpan
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(15);

    private readonly Option<string> _from = new("--from")
    {
        Description = "Time of the first samples, such as 2026-01-05T10:00, with Z or +01:00 if not in the configuration's zone [default: --to less --duration, or simulation.start]",
        HelpName = "TIME",
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "Time before which the last samples are, or now",
        HelpName = "TIME",
    };

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "How much history",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<TimeSpan?> _interval = new("--interval")
    {
        Description = "From each sample to the next, in whole ticks [default: 15s]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _to, _duration, _interval }) command.Options.Add(option);
    }

    /// <summary>The span, and everything that stands against it.</summary>
    /// <param name="parse">The command line; a value with an error of its own is left out.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    /// <returns>Null when there is none.</returns>
    public HistorySpan? Resolve(ParseResult parse, SimulatorConfig? config, ICollection<string> problems)
    {
        var length = Flags.ValueUnlessBad(parse, _duration);
        if (length == TimeSpan.Zero) problems.Add("--duration: must be longer than 0");
        var given = (From: Flags.Token(parse, _from) is not null, To: Flags.Token(parse, _to) is not null, Duration: Flags.Token(parse, _duration) is not null);
        if (given is { From: true, To: true, Duration: true }) problems.Add("--from, --to and --duration: two of them say it all: leave one out");
        if (given is { To: false, Duration: false }) problems.Add("how much history is not said: add --duration, or --to");
        if (given is { From: false, To: true, Duration: false }) problems.Add("--to: add --from, or --duration");
        if (config is null) return null;

        var interval = Interval(parse, config, problems);
        var from = Instant(parse, _from, config, problems);
        var to = Instant(parse, _to, config, problems);
        if (problems.Count > 0) return null;
        var start = from ?? (to is { } end ? end - length!.Value : config.World.Start);
        length ??= to!.Value - start;
        if (length <= TimeSpan.Zero) problems.Add("--to: is not after --from");
        if (start < DateTimeOffset.UnixEpoch) problems.Add("--duration: begins before 1970");
        return problems.Count > 0 ? null : HistorySpan.Of(start, length.Value, interval);
    }

    private TimeSpan Interval(ParseResult parse, SimulatorConfig config, ICollection<string> problems)
    {
        var interval = Flags.ValueUnlessBad(parse, _interval) ?? DefaultInterval;
        if (interval == TimeSpan.Zero) problems.Add("--interval: must be longer than 0");
        else if (interval.Ticks % config.World.Tick.Ticks != 0)
            problems.Add($"--interval: {DurationText.Format(interval)} is not a whole number of ticks of {DurationText.Format(config.World.Tick)}");
        else if (interval.Ticks % TimeSpan.TicksPerMillisecond != 0)
            problems.Add($"--interval: {DurationText.Format(interval)} is not a whole number of ms");
        return interval;
    }

    private static DateTimeOffset? Instant(ParseResult parse, Option<string> option, SimulatorConfig config, ICollection<string> problems)
    {
        if (Flags.Token(parse, option) is not { } text) return null;
        var instant = StartConverter.Read(text, config.World.Activity.Seasonal.TimeZone, TimeProvider.System, out var problem);
        if (instant is null) problems.Add($"{option.Name}: {problem}");
        return instant;
    }
}
