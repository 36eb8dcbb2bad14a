using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Configuration.Domain;

/// <summary>Checks that no name of a series group is another metric's.</summary>
internal static class GroupNames
{
    private const string Own = "metricssim_";

    // What Prometheus adds to every target, and what every page has.
    private static readonly string[] Reserved =
        ["up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling", "scrape_series_added", "target", "target_info"];

    /// <summary>Checks them.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="telemetry">How the population's metrics are named.</param>
    /// <param name="report">Takes findings.</param>
    public static void Check(IReadOnlyList<SeriesGroupOptions> groups, TelemetryOptions telemetry, Report report)
    {
        if (groups.Count == 0) return;
        var taken = Taken(report.Failed("telemetry") ? null : telemetry);
        foreach (var group in groups.Where(group => !report.Failed($"series_groups.{group.Id}")))
        {
            var path = $"series_groups.{group.Id}";
            path = report.IsSet($"{path}.name") ? $"{path}.name" : path;
            var shape = GroupFamilies.Of(group, 0);
            for (var metric = 0; metric < group.Metrics; metric++)
            {
                var family = shape with { Name = group.NameOf(metric) };
                if (family.Name.StartsWith(Own, StringComparison.Ordinal))
                    report.Error(path, $"names that begin with {Own} are the simulator's own; choose another name");
                else if (Take(family, $"the group {group.Id}", taken) is { } other)
                    report.Error(path, $"the name {other.Name} is taken by {other.By}; choose another name");
                else continue;
                break;
            }
        }
    }

    /// <summary>Takes names one family after the other, beside those that are there without any group, by the default configuration.</summary>
    /// <returns>Takes the names of a family, and says whether they were free.</returns>
    public static Predicate<MetricFamily> Book()
    {
        var taken = Taken(new TelemetryOptions());
        return family => !family.Name.StartsWith(Own, StringComparison.Ordinal) && Take(family, "", taken) is null;
    }

    private static Dictionary<string, string> Taken(TelemetryOptions? telemetry)
    {
        var taken = Reserved.ToDictionary(name => name, _ => "Prometheus or every page", StringComparer.Ordinal);
        foreach (var family in telemetry is null ? [] : Population(telemetry))
        {
            // Names with dots have underscores on a page for whoever doesn't ask for UTF-8; groups have no dots.
            Take(family with { Name = NameStyle.Collector.NameOf(family.Name) }, "the population", taken);
        }

        return taken;
    }

    private static IReadOnlyList<MetricFamily> Population(TelemetryOptions telemetry)
    {
        // Names don't depend on how many users there are.
        var options = new WorldOptions { Telemetry = telemetry, Population = new PopulationOptions { Total = 1 } };
        var directory = new UserDirectory(options.Population, new KeyedRandom(options.Seed));
        return new PopulationFamilies(options, new UserRows(options, directory, false), new UserRows(options, directory, true)).All;
    }

    /// <summary>Takes all names of a family.</summary>
    /// <returns>The first that is taken, and by whom; null if none was.</returns>
    private static (string Name, string By)? Take(MetricFamily family, string by, Dictionary<string, string> taken)
    {
        string[] suffixes = family.Type switch
        {
            // A gauge x beside a counter x_total is what every Go program has, and only OpenMetrics has one name for both.
            MetricType.Counter => ["_total", "_created"],
            MetricType.Histogram => ["", "_bucket", "_sum", "_count", "_created"],
            MetricType.Summary => ["", "_sum", "_count", "_created"],
            _ => [""],
        };
        foreach (var suffix in suffixes)
        {
            if (taken.TryGetValue(family.Name + suffix, out var other)) return (family.Name + suffix, other);
        }

        foreach (var suffix in suffixes) taken[family.Name + suffix] = by;
        return null;
    }
}
