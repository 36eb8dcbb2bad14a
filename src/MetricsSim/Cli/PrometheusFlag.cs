using System.CommandLine;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli;

/// <summary>The flag <c>--prometheus</c>, whose default is PROMETHEUS_URL.</summary>
/// <param name="description">What it is for.</param>
internal sealed class PrometheusFlag(string description)
{
    /// <summary>The flag itself.</summary>
    public Option<string> Option { get; } = new("--prometheus")
    {
        Description = $"{description} [env: {PrometheusAddress.Variable}]",
        HelpName = "URL",
    };

    /// <summary>Whether one is given, good address or bad.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    public bool IsGiven(ParseResult parse, Terminal terminal) => Given(parse, terminal).Text is not null;

    /// <summary>The address, or null if none is given.</summary>
    /// <param name="parse">A good command line.</param>
    /// <param name="terminal">Where it runs.</param>
    public PrometheusAddress? Address(ParseResult parse, Terminal terminal) => Given(parse, terminal).Text is { } text ? PrometheusAddress.Parse(text) : null;

    /// <summary>Adds what is wrong with it.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="problems">Takes one sentence each.</param>
    public void Check(ParseResult parse, Terminal terminal, ICollection<string> problems)
    {
        var (text, origin) = Given(parse, terminal);
        if (text is not null && PrometheusAddress.Parse(text) is null)
            problems.Add($"{origin}: '{text}' is not an http or https address such as {PrometheusAddress.Example}");
    }

    private (string? Text, string Origin) Given(ParseResult parse, Terminal terminal)
    {
        if (Flags.Token(parse, Option) is { } flag) return (flag, Option.Name);
        return (terminal.Variable(PrometheusAddress.Variable) is { Length: > 0 } text ? text : null, PrometheusAddress.Variable);
    }
}
