using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Studies;

namespace MetricsSim.Cli.Cardinality;

/// <summary>Flags of <c>cardinality study</c>.</summary>
internal sealed class StudyFlags
{
    private const string DefaultOutput = "test_results/cardinality-study.html";
    private const string DefaultServer = "prometheus";
    private const int DefaultRepeat = 10;
    private const int DefaultScrapes = 3;
    private const long MostSeries = 10_000_000;
    private const int MostSizes = 20;
    private const int MostSamples = 100_000;
    private static readonly long[] DefaultSizes = [10_000, 30_000, 100_000, 300_000, 1_000_000];
    private static readonly TimeSpan DefaultHistory = TimeSpan.FromHours(1);
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(15);

    private readonly Option<long[]> _series = new("--series")
    {
        Description = "Sizes, with commas between them; k and M stand for thousands and millions [default: 10k,30k,100k,300k,1M]",
        HelpName = "N,…",
        CustomParser = Sizes,
    };

    private readonly Option<TimeSpan?> _history = Duration("--history", "How much history is on disk, and how far range queries reach [default: 1h]");
    private readonly Option<TimeSpan?> _interval = Duration("--interval", "From each sample to the next, in the history and of scrapes, in whole ticks [default: 15s]");
    private readonly Option<int?> _repeat = Number("--repeat", "How often a query is asked after the first time; slow ones less often", DefaultRepeat);
    private readonly Option<int?> _scrapes = Number("--scrapes", "How many scrapes to measure after the first one", DefaultScrapes);

    private readonly Option<string> _server = new("--server")
    {
        Description = $"The Prometheus to start, a path or a name on the PATH [default: {DefaultServer}]",
        HelpName = "PROGRAM",
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = $"Where to write the report; the same as JSON goes beside it [default: {DefaultOutput}]",
        HelpName = "FILE.html",
    };

    private readonly Option<string> _svg = new("--svg")
    {
        Description = "Write each plot as a picture into this directory, too",
        HelpName = "DIR",
    };

    private readonly Option<string> _workDir = new("--work-dir")
    {
        Description = "Where the history of a size is kept while it is measured [default: the directory for temporary files]",
        HelpName = "DIR",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "End with 1 if a class of queries misses its limit at a size up to benchmarks.cardinality_limits.total_series",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _series, _history, _interval, _repeat, _scrapes, _server, _output, _svg, _workDir, _check }) command.Options.Add(option);
    }

    /// <summary>Adds everything that is wrong with them.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, SimulatorConfig? config, ICollection<string> problems)
    {
        var (history, interval) = (History(parse), Interval(parse));
        if (interval == TimeSpan.Zero) problems.Add("--interval: must be longer than 0");
        else if (history < 2 * interval) problems.Add("--history: must be at least two intervals");
        else if (history / interval > MostSamples) problems.Add($"--history: has more than {MostSamples:N0} intervals");
        if (config is not null && interval.Ticks % config.World.Tick.Ticks != 0)
            problems.Add($"--interval: {DurationText.Format(interval)} is not a whole number of ticks of {DurationText.Format(config.World.Tick)}");
        else if (interval.Ticks % TimeSpan.TicksPerMillisecond != 0) problems.Add($"--interval: {DurationText.Format(interval)} is not a whole number of ms");
        if (!Flags.NamesFile(Output(parse), ".html"))
            problems.Add($"--output: '{Output(parse)}' does not end in .html; the other file is named after it");
        foreach (var option in new[] { _server, _svg, _workDir }.Where(option => Flags.Token(parse, option) is { } text && string.IsNullOrWhiteSpace(text)))
            problems.Add($"{option.Name}: is empty");
        if (config is null || problems.Count > 0) return;
        foreach (var size in SizesOf(parse))
        {
            SizedPopulation.For(config.World, size, history, out var problem);
            if (problem is not null) problems.Add($"--series: {problem}");
        }
    }

    /// <summary>Name or path of the server.</summary>
    public string Server(ParseResult parse) => Flags.Token(parse, _server) ?? DefaultServer;

    /// <summary>Path of the report.</summary>
    public string Output(ParseResult parse) => Flags.Token(parse, _output) ?? DefaultOutput;

    /// <summary>Directory of the plots, or null for none.</summary>
    public string? Pictures(ParseResult parse) => Flags.Token(parse, _svg);

    /// <summary>Whether a missed limit is an ending of its own.</summary>
    public bool FailsOnMiss(ParseResult parse) => parse.GetValue(_check);

    /// <summary>What to do.</summary>
    /// <param name="invocation">A good command line.</param>
    /// <param name="program">Path of the server.</param>
    public StudyPlan Plan(Invocation invocation, string program) => new()
    {
        Config = invocation.Config,
        Sizes = SizesOf(invocation.Parse),
        History = History(invocation.Parse),
        Interval = Interval(invocation.Parse),
        Repeat = invocation.Parse.GetValue(_repeat) ?? DefaultRepeat,
        Scrapes = invocation.Parse.GetValue(_scrapes) ?? DefaultScrapes,
        Server = program,
        WorkDirectory = Path.GetFullPath(Flags.Token(invocation.Parse, _workDir) ?? Path.GetTempPath()),
        Threads = invocation.Threads,
    };

    private TimeSpan History(ParseResult parse) => Flags.ValueUnlessBad(parse, _history) ?? DefaultHistory;

    private TimeSpan Interval(ParseResult parse) => Flags.ValueUnlessBad(parse, _interval) ?? DefaultInterval;

    private long[] SizesOf(ParseResult parse) => [.. (Flags.ValueUnlessBad(parse, _series) ?? DefaultSizes).Distinct().Order()];

    private static long[]? Sizes(ArgumentResult result)
    {
        var parts = result.Tokens[^1].Value.Split(',', StringSplitOptions.TrimEntries);
        var sizes = parts.Select(Size).ToList();
        if (sizes.All(size => size is not null) && sizes.Count <= MostSizes) return [.. sizes.Select(size => size!.Value)];
        result.AddError($"--series: '{result.Tokens[^1].Value}' is not up to {MostSizes} numbers from 1 to {MostSeries}, such as 10k,100k,1M");
        return null;
    }

    private static long? Size(string text)
    {
        var factor = text is [.., 'k' or 'K'] ? 1000 : text is [.., 'M' or 'm'] ? 1_000_000 : 1;
        var digits = factor == 1 ? text : text[..^1];
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= MostSeries && number * factor is >= 1 and <= MostSeries and var size && size % 1 == 0
            ? (long)size
            : null;
    }

    private static Option<TimeSpan?> Duration(string name, string description) => new(name) { Description = description, HelpName = "DURATION", CustomParser = Flags.Duration };

    private static Option<int?> Number(string name, string description, int usual) => new(name)
    {
        Description = $"{description} [default: {usual}]",
        HelpName = "N",
        CustomParser = Flags.WholeNumber<int?>(1, 1000, value => (int)value),
    };
}
