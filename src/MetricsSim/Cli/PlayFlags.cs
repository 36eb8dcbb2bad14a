using System.CommandLine;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Cli;

/// <summary>How a scenario is played: <c>--duration</c> with its variable, and <c>--compress</c>, by the rules of the API's starts and in their words.</summary>
internal sealed class PlayFlags
{
    private const string DurationVariable = "DURATION";

    private static readonly ValueKind DurationKind = KindOf(nameof(PlaySection.Duration));
    private static readonly ValueKind CompressKind = KindOf(nameof(PlaySection.Compress));

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "End a scenario after this much of its timeline [env: DURATION]",
        HelpName = "DURATION",
        CustomParser = Flags.Declared<TimeSpan?>(DurationKind),
    };

    private readonly Option<double?> _compress = new("--compress")
    {
        Description = "Play the timeline X times faster at natural rates [default: 1]",
        HelpName = "X",
        CustomParser = Flags.Declared<double?>(CompressKind),
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_duration);
        command.Options.Add(_compress);
    }

    /// <summary>How much to play.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="problems">Takes a sentence about the variable; the flag's own errors are the parser's.</param>
    /// <returns>Null for all of it, or when it can't be read.</returns>
    public TimeSpan? Duration(ParseResult parse, Func<string, string?> variable, ICollection<string> problems)
    {
        if (Flags.Token(parse, _duration) is not null) return Flags.ValueUnlessBad(parse, _duration);
        if (variable(DurationVariable) is not { Length: > 0 } text) return null;
        var duration = (TimeSpan?)Flags.Read(DurationKind, text, out var problem);
        if (problem is not null) problems.Add($"{DurationVariable}: {problem}");
        return duration;
    }

    /// <summary>Where a length was given.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <returns>The flag or the variable; null if there is none.</returns>
    public string? DurationOrigin(ParseResult parse, Func<string, string?> variable) =>
        Flags.Token(parse, _duration) is not null ? _duration.Name : variable(DurationVariable) is { Length: > 0 } ? DurationVariable : null;

    /// <summary>How many times faster, if that was given.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>Null if not, or when it can't be read.</returns>
    public double? Compress(ParseResult parse) => Flags.ValueUnlessBad(parse, _compress);

    /// <summary>Whether <c>--compress</c> is on the command line, good or bad.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>True if it is.</returns>
    public bool GivesCompress(ParseResult parse) => Flags.Token(parse, _compress) is not null;

    private static ValueKind KindOf(string property) => new KeyDeclaration(typeof(PlaySection).GetProperty(property)!, null).Kind;
}
