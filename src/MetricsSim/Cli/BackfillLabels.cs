using System.CommandLine;
using System.Text.RegularExpressions;
using MetricsSim.Core.Series;

namespace MetricsSim.Cli;

/// <summary>The flag <c>--label</c>: what a scrape would add to every series.</summary>
internal sealed partial class BackfillLabels
{
    private static readonly Label[] Defaults = [new("job", "metricssim"), new("instance", "localhost:8001")];

    private readonly Option<string[]> _labels = new("--label")
    {
        Description = "A label of the target, which a scrape would add; may be repeated, an empty value takes one away [default: job=metricssim, instance=localhost:8001]",
        HelpName = "NAME=VALUE",
    };

    /// <summary>Adds it to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command) => command.Options.Add(_labels);

    /// <summary>The labels, and everything that stands against them.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="problems">Takes one sentence each.</param>
    /// <returns>Labels with distinct names and values.</returns>
    public IReadOnlyList<Label> Resolve(ParseResult parse, ICollection<string> problems)
    {
        var labels = Defaults.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in parse.GetResult(_labels)?.Tokens.Select(token => token.Value) ?? [])
        {
            var (name, value) = text.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
            if (value is null || !Name().IsMatch(name) || name.StartsWith("__", StringComparison.Ordinal))
                problems.Add($"--label: '{text}' is not NAME=VALUE, where NAME has letters, digits and underscores, and not two of these in front");
            else if (!seen.Add(name)) problems.Add($"--label: '{name}' is given twice");
            else labels[name] = value;
        }

        return [.. labels.Where(label => label.Value.Length > 0).Select(label => new Label(label.Key, label.Value))];
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
