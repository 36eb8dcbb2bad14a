using System.Text.RegularExpressions;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts one scenario, from wherever it came.</summary>
internal sealed partial class ScenarioConverter(Report report, IReadOnlyCollection<string> models)
{
    /// <summary>Indicators of design §6; any other metric is a PromQL expression.</summary>
    public static readonly IReadOnlyList<string> Indicators =
    [
        "error_rate", "avg_session_duration", "p99_latency", "response_time", "resource_utilization", "recovery_time", "data_loss",
        "cost_efficiency", "breaking_point", "graceful_degradation",
    ];

    /// <summary>Converts a scenario.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="section">What was written.</param>
    /// <param name="path">Its key; empty in a file of its own.</param>
    /// <returns>The scenario; of use only if the report is clean.</returns>
    public Scenario Convert(string id, ScenarioSection section, string path)
    {
        var events = new EventConverter(report, models);
        // OrderBy is stable: events of equal time keep the file's order.
        List<(TimelineEntry Entry, string Path)> timeline =
        [
            .. Items(section.Timeline, path, "timeline")
                .Select(item => (Entry: Entry(item.Item, section, item.Path, path, events), item.Path)).OrderBy(placed => placed.Entry.Time),
        ];
        TimelineConflicts.Check(timeline, report.Failed(Report.Join(path, "duration")) ? null : section.Duration, report);
        return new Scenario
        {
            Id = id,
            Name = section.Name ?? id,
            Description = section.Description,
            Duration = section.Duration,
            Tags = section.Tags,
            Difficulty = Lower(section.Difficulty),
            Severity = Lower(section.Severity),
            Service = section.Service,
            Timeline = [.. timeline.Select(placed => placed.Entry)],
            Assertions = [.. Items(section.Assertions, path, "assertions").Select(item => Assertion(item.Item, section, item.Path, path))],
            Expected = section.Expected is { } expected
                ? new ExpectedOutcome(expected.RootCause, Lower(expected.Severity), expected.ActionTypes, expected.Alerts)
                : null,
            Context = new Dictionary<string, string>(section.Context, StringComparer.Ordinal),
        };
    }

    // Items that couldn't be read are gaps.
    private static IEnumerable<(T Item, string Path)> Items<T>(IReadOnlyList<T> list, string path, string key) =>
        list.Index().Where(item => item.Item is not null).Select(item => (item.Item, Report.Join(path, key) + $"[{item.Index}]"));

    private static string? Lower<T>(T? name) where T : struct, Enum => name?.ToString().ToLowerInvariant();

    private TimelineEntry Entry(TimelineEntrySection entry, ScenarioSection scenario, string path, string scenarioPath, EventConverter events)
    {
        var durationPath = Report.Join(scenarioPath, "duration");
        if (entry.Time > scenario.Duration && !report.Failed(durationPath) && !report.Failed($"{path}.time"))
            report.Error($"{path}.time", $"{entry.Time.TotalSeconds} s is past the scenario's duration of {scenario.Duration.TotalSeconds} s");
        return new TimelineEntry(entry.Time, events.Convert(entry, path), entry.Description);
    }

    private Assertion Assertion(AssertionSection section, ScenarioSection scenario, string path, string scenarioPath)
    {
        if (!ConditionParser.TryParse(section.Condition, out var comparison, out var value) && !report.Failed($"{path}.condition"))
            report.Error($"{path}.condition", $"expected {ConditionParser.Expected}, got {Quoting.Quote(section.Condition)}");
        if (section.Window > scenario.Duration && !report.Failed(Report.Join(scenarioPath, "duration")) && !report.Failed($"{path}.window"))
            report.Error($"{path}.window", $"longer than the scenario's duration of {scenario.Duration.TotalSeconds} s");
        if (Identifier().IsMatch(section.Metric) && !Indicators.Contains(section.Metric)
            && Suggestion.Nearest(section.Metric, Indicators) is { } nearest)
            report.Warn($"{path}.metric", $"{section.Metric} is no indicator and so a PromQL expression; did you mean {nearest}?");
        return new Assertion(section.Metric, section.Condition.Trim(), comparison, value, section.Window);
    }

    [GeneratedRegex("^[a-z0-9_]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();
}
