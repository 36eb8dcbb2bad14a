using System.Globalization;
using System.Text;
using MetricsSim.Configuration.Yaml;
using MetricsSim.Exposition;

namespace MetricsSim.Learning;

/// <summary>What was learned, as a configuration.</summary>
/// <param name="Source">What it was learned from; null when that is nobody's business.</param>
/// <param name="Groups">A group for each metric family.</param>
/// <param name="LeftOut">Families whose names are in use: by the simulator, by what a Prometheus adds, or by another group.</param>
internal sealed record LearnedConfig(string? Source, IReadOnlyList<LearnedGroup> Groups, IReadOnlyList<string> LeftOut)
{
    /// <summary>Number of series of all groups, each histogram and summary counted once.</summary>
    public long Series => Groups.Sum(group => group.Series);

    /// <summary>How many groups there are of each type, as the configuration names it.</summary>
    public IReadOnlyDictionary<string, int> Types =>
        new SortedDictionary<string, int>(Groups.GroupBy(group => GroupYaml.TypeName(group.Type), StringComparer.Ordinal).ToDictionary(type => type.Key, type => type.Count()), StringComparer.Ordinal);

    /// <summary>Writes it.</summary>
    /// <param name="at">When it was learned.</param>
    /// <returns>A configuration file; whether it is larger than one may be is for the caller to say.</returns>
    public string Text(DateTimeOffset at)
    {
        using var text = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture) { NewLine = "\n" };
        var origin = Source is null ? "" : $" from {Source}";
        string[] left = LeftOut.Count == 0 ? [] : [$"Left out, since their names are in use: {string.Join(", ", LeftOut)}."];
        new GroupYaml(text).Write(
            [
                $"Learned by metricssim {BuildVersion.Text}{origin}, {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}:",
                $"{Groups.Count:N0} metric families, {Series:N0} series. Above each stands what was measured and what is assumed.",
                .. left,
            ],
            Groups);
        return text.ToString();
    }

    /// <summary>Whether a text is too large for a configuration.</summary>
    public static bool IsTooLarge(string text) => text.Length > YamlText.MaxLength;
}
