using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Learning;
using MetricsSim.Prometheus;
using MetricsSim.Wire.Reading;

namespace MetricsSim.Cli;

/// <summary>What to learn from, and how much of it.</summary>
internal sealed class LearnFlags
{
    private const double UsualPoints = 240;
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UsualDuration = TimeSpan.FromHours(1);
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(15);

    private readonly Argument<string?> _page = new("PAGE")
    {
        Description = "A metrics page: a file, - for standard input, or an http or https URL",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _prometheus = new("--prometheus")
    {
        Description = "Learn from the data of this Prometheus instead",
        HelpName = "URL",
    };

    private readonly Option<string> _match = new("--match")
    {
        Description = "Label matchers that choose series of the Prometheus, such as 'job=\"node\"' [default: all]",
        HelpName = "MATCHERS",
    };

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "How far to look back in the Prometheus; a daily cycle shows in a day or more [default: 1h]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<TimeSpan?> _step = new("--step")
    {
        Description = "Time between two values there [default: a 240th of the duration, at least 15s]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<int> _reads = new("--reads")
    {
        Description = "How often to read a URL: twice or more tells how values move",
        HelpName = "N",
        CustomParser = Flags.WholeNumber(1, 10_000, value => (int)value),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<TimeSpan?> _interval = new("--interval")
    {
        Description = "Time between two reads [default: 15s]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<TimeSpan?> _uptime = new("--uptime")
    {
        Description = "How long counters that are read once have risen for [default: since process_start_time_seconds, else 1h]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<long> _maxBytes = new("--max-bytes")
    {
        Description = "Refuse a page with more bytes",
        HelpName = "N",
        CustomParser = Flags.WholeNumber(1, long.MaxValue, value => value),
        DefaultValueFactory = _ => new PageLimits().Bytes,
    };

    private readonly Option<int> _maxFamilies = new("--max-families")
    {
        Description = "Refuse more metric families",
        HelpName = "N",
        CustomParser = Flags.WholeNumber(1, 100_000, value => (int)value),
        DefaultValueFactory = _ => new PageLimits().Families,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_page);
        foreach (var option in new Option[] { _prometheus, _match, _duration, _step, _reads, _interval, _uptime, _maxBytes, _maxFamilies }) command.Options.Add(option);
    }

    /// <summary>Makes sense of them.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="problems">Takes a sentence about each that is wrong.</param>
    /// <returns>What to learn from; null if that is not said.</returns>
    public LearnRequest? Resolve(ParseResult parse, ICollection<string> problems)
    {
        var page = parse.GetResult(_page)?.Tokens is [var token] ? token.Value : null;
        var prometheus = Flags.Token(parse, _prometheus);
        if (page is null == prometheus is null)
        {
            problems.Add(page is null ? "what to learn from is not said: name a page, or --prometheus" : "a page and --prometheus: leave one of them out");
            return null;
        }

        foreach (var option in prometheus is null ? new Option[] { _match, _duration, _step } : [_reads, _interval, _uptime, _maxBytes])
        {
            if (Flags.Token(parse, option) is not null) problems.Add($"{option.Name}: is for {(prometheus is null ? "--prometheus" : "pages")} only");
        }

        foreach (var option in new[] { _duration, _step, _interval, _uptime })
        {
            if (Flags.ValueUnlessBad(parse, option) is { } zero && zero == TimeSpan.Zero) problems.Add($"{option.Name}: must be longer than 0");
        }

        return page is null ? OfPrometheus(parse, prometheus!, problems) : OfPage(parse, page, problems);
    }

    private PageRequest? OfPage(ParseResult parse, string page, ICollection<string> problems)
    {
        var location = PageLocation.Parse(page);
        if (location is null) problems.Add($"'{page}' is not a file, - or an http or https URL");
        var reads = Flags.ValueUnlessBad(parse, _reads);
        if (location is { Url: null } && reads > 1) problems.Add("--reads: only a URL can be read several times");
        if (reads <= 1 && Flags.Token(parse, _interval) is not null) problems.Add("--interval: there is none with one read: add --reads N");
        if (location is null) return null;
        return new PageRequest(location, reads, Flags.ValueUnlessBad(parse, _interval) ?? UsualInterval, Flags.ValueUnlessBad(parse, _uptime))
        {
            Limits = new PageLimits { Bytes = Flags.ValueUnlessBad(parse, _maxBytes), Families = Flags.ValueUnlessBad(parse, _maxFamilies) },
        };
    }

    private PrometheusRequest? OfPrometheus(ParseResult parse, string prometheus, ICollection<string> problems)
    {
        var address = PrometheusAddress.Parse(prometheus);
        if (address is null) problems.Add($"--prometheus: '{prometheus}' is not an http or https URL such as {PrometheusAddress.Example}");
        var duration = Flags.ValueUnlessBad(parse, _duration) ?? UsualDuration;
        var usual = TimeSpan.FromSeconds(Math.Max(ShortestStep.TotalSeconds, Math.Round(duration.TotalSeconds / UsualPoints)));
        var step = Flags.ValueUnlessBad(parse, _step) ?? usual;
        if (step > TimeSpan.Zero && duration / step > PrometheusClient.MostPoints - 1)
            problems.Add($"--step: {DurationText.Format(step)} makes more than {PrometheusClient.MostPoints} values of {DurationText.Format(duration)}, which is the most that Prometheus gives");
        return address is null ? null : new(address, Flags.Token(parse, _match)?.Trim().TrimStart('{').TrimEnd('}') ?? "", duration, step, Flags.ValueUnlessBad(parse, _maxFamilies));
    }
}

/// <summary>What to learn from.</summary>
internal abstract record LearnRequest;

/// <summary>A page.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Reads">How often to read it.</param>
/// <param name="Interval">Time between two reads.</param>
/// <param name="Uptime">How long counters have risen for, if the user says so.</param>
internal sealed record PageRequest(PageLocation Location, int Reads, TimeSpan Interval, TimeSpan? Uptime) : LearnRequest
{
    /// <summary>How much is read at most.</summary>
    public required PageLimits Limits { get; init; }
}

/// <summary>A Prometheus.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Matchers">Label matchers, or empty.</param>
/// <param name="Duration">How far to look back.</param>
/// <param name="Step">Time between two values.</param>
/// <param name="MaxFamilies">How many families there may be.</param>
internal sealed record PrometheusRequest(PrometheusAddress Address, string Matchers, TimeSpan Duration, TimeSpan Step, int MaxFamilies) : LearnRequest;
