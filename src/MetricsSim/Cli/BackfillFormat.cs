using System.CommandLine;
using MetricsSim.Configuration;
using MetricsSim.Prometheus;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Cli;

/// <summary>Flags that say what history is made into, and where it goes: <c>--format --output --max-block-duration --into --url --patience</c>.</summary>
internal sealed class BackfillFormat
{
    /// <summary>Text on standard output.</summary>
    public const string StandardOutput = "-";

    private const string Blocks = "blocks";
    private const string OpenMetrics = "openmetrics";
    private const string RemoteWrite = "remote-write";
    private const string DefaultDirectory = "data";
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(1);

    private readonly Option<string> _format = new("--format")
    {
        Description = "blocks (of a Prometheus database), openmetrics (text for promtool) or remote-write (sent with the old times)",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Blocks,
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = $"Data directory that blocks are added to, or file for text [default: {DefaultDirectory}, or {StandardOutput} for standard output]",
        HelpName = "PATH",
    };

    private readonly Option<TimeSpan?> _maxBlock = new("--max-block-duration")
    {
        Description = "Longest block; blocks are the longest of 2h, 6h, 18h, 54h ... within it [default: 2h]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<string?> _into = new("--into")
    {
        Description = $"Say how the blocks get into the Prometheus at URL, such as {PrometheusAddress.Example}, and what stands against it",
        HelpName = "URL",
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = "Receiver of remote write; push.remote_write says the rest [default: push.remote_write.url, if enabled]",
        HelpName = "URL",
    };

    private readonly Option<TimeSpan?> _patience = new("--patience")
    {
        Description = "How long to try a receiver that is away or takes nothing [default: 1m]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    /// <summary>Makes the flags.</summary>
    public BackfillFormat() => _format.AcceptOnlyFromAmong(Blocks, OpenMetrics, RemoteWrite);

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _format, _output, _maxBlock, _into, _url, _patience }) command.Options.Add(option);
    }

    /// <summary>Adds what is wrong.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="config">The configuration, or null if it has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, SimulatorConfig? config, ICollection<string> problems)
    {
        var format = Flags.Token(parse, _format) ?? Blocks;
        if (Flags.Token(parse, _output) is { Length: 0 }) problems.Add("--output: a path is empty");
        Only(_maxBlock, Blocks, "only blocks have a length");
        Only(_into, Blocks, "only blocks are put into a Prometheus");
        Only(_url, RemoteWrite, $"nothing is sent: add --format {RemoteWrite}");
        Only(_patience, RemoteWrite, $"nothing is sent: add --format {RemoteWrite}");
        if (format == RemoteWrite && Flags.Token(parse, _output) is not null) problems.Add("--output: nothing is stored: the samples are sent");
        if (Flags.ValueUnlessBad(parse, _maxBlock) is { TotalMilliseconds: < BlockRange.Shortest })
            problems.Add("--max-block-duration: the shortest block of Prometheus has 2h");
        if (Flags.Token(parse, _into) is { } into && PrometheusAddress.Parse(into) is null)
            problems.Add($"--into: '{into}' is not an http or https address such as {PrometheusAddress.Example}");
        CheckUrl(Flags.Token(parse, _url), format, config, problems);

        void Only(Option option, string of, string why)
        {
            if (Flags.Token(parse, option) is not null && format != of) problems.Add($"{option.Name}: {why}{(of == Blocks ? ": leave it out, or --format" : "")}");
        }
    }

    /// <summary>Whether it is text.</summary>
    public bool IsText(ParseResult parse) => parse.GetValue(_format) == OpenMetrics;

    /// <summary>Whether it is sent.</summary>
    public bool IsSent(ParseResult parse) => parse.GetValue(_format) == RemoteWrite;

    /// <summary>The format's name.</summary>
    public string Name(ParseResult parse) => parse.GetValue(_format)!;

    /// <summary>Where it is stored.</summary>
    public string Output(ParseResult parse) => parse.GetValue(_output) ?? (IsText(parse) ? StandardOutput : DefaultDirectory);

    /// <summary>Length of blocks, ms.</summary>
    public long BlockLength(ParseResult parse) => BlockRange.LengthWithin((long)(parse.GetValue(_maxBlock) ?? TimeSpan.Zero).TotalMilliseconds);

    /// <summary>The Prometheus to ask about; null for none.</summary>
    public PrometheusAddress? Into(ParseResult parse) => Flags.Token(parse, _into) is { } text ? PrometheusAddress.Parse(text) : null;

    /// <summary>The receiver.</summary>
    public RemoteWriteOptions Receiver(ParseResult parse, SimulatorConfig config)
    {
        if (Flags.Token(parse, _url) is not { } text) return config.RemoteWrite!;
        var url = new Uri(text);
        return config.RemoteWrite is { } options ? options with { Url = url } : new RemoteWriteOptions { Url = url };
    }

    /// <summary>How long to try a receiver.</summary>
    public TimeSpan Patience(ParseResult parse) => parse.GetValue(_patience) ?? DefaultPatience;

    private static void CheckUrl(string? text, string format, SimulatorConfig? config, ICollection<string> problems)
    {
        if (text is null)
        {
            if (format == RemoteWrite && config is { RemoteWrite: null }) problems.Add("--format remote-write: where to is not said: add --url URL, or enable push.remote_write");
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || url.Fragment.Length > 0)
        {
            problems.Add($"--url: '{text}' is not an http or https address such as {PrometheusAddress.Example}/api/v1/write");
        }
        else if (url.UserInfo.Length > 0)
        {
            problems.Add("--url: user and password don't belong in the URL; enable push.remote_write and use its basic_auth");
        }
    }
}
