using System.CommandLine;
using MetricsSim.Api;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;

namespace MetricsSim.Cli;

/// <summary>Which scenario plays from the first tick on: <c>--scenario --duration --compress</c> and their variables.</summary>
internal sealed class ScenarioOptions
{
    private readonly Option<string> _scenario = new("--scenario")
    {
        Description = "Play this scenario from the start; see 'metricssim scenarios list' [env: SCENARIO]",
        HelpName = "ID",
    };

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "End the scenario after this much of its timeline [env: DURATION]",
        HelpName = "DURATION",
        CustomParser = Flags.Duration,
    };

    private readonly Option<double?> _compress = new("--compress")
    {
        Description = "Play the timeline X times faster at natural rates [default: 1]",
        HelpName = "X",
        CustomParser = Flags.Positive,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_scenario);
        command.Options.Add(_duration);
        command.Options.Add(_compress);
    }

    /// <summary>What to start, and everything that stands against it.</summary>
    /// <param name="parse">The command line; a value with an error of its own is left out.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="config">The catalogue, or null if the configuration has errors.</param>
    /// <param name="problems">Takes one sentence each.</param>
    /// <returns>Null when no scenario was asked for, or it can't start.</returns>
    public StartSimulation? Resolve(ParseResult parse, Func<string, string?> variable, SimulatorConfig? config, ICollection<string> problems)
    {
        var (id, origin) = Flags.Token(parse, _scenario) is { } given ? (given, _scenario.Name) : (NonEmpty(variable("SCENARIO")), "SCENARIO");
        var duration = Duration(parse, variable, problems, out var durationOrigin);
        if (id is null)
        {
            if (durationOrigin is not null)
                problems.Add($"{durationOrigin}: says how much of a scenario to play, and no scenario is named: add --scenario ID");
            if (Flags.Token(parse, _compress) is not null)
                problems.Add("--compress: speeds up a scenario's timeline, and no scenario is named: add --scenario ID");
            return null;
        }

        if (config is null) return null;
        if (!config.World.Scenarios.ContainsKey(id))
        {
            problems.Add($"{origin}: {UnknownScenario(id, config)}");
            return null;
        }

        var compress = Flags.ValueUnlessBad(parse, _compress) ?? 1;
        return new StartSimulation(id) { Duration = duration, Compress = compress };
    }

    /// <summary>A sentence about an id that is not in the catalogue.</summary>
    /// <param name="id">The id.</param>
    /// <param name="config">The catalogue.</param>
    /// <returns>The sentence, without a full stop.</returns>
    public static string UnknownScenario(string id, SimulatorConfig config) =>
        $"'{id}' is not a scenario; " + (config.World.Scenarios.Count == 0
            ? "the configuration has none"
            : $"known are {string.Join(", ", config.World.Scenarios.Keys.Order(StringComparer.Ordinal))}");

    private TimeSpan? Duration(ParseResult parse, Func<string, string?> variable, ICollection<string> problems, out string? origin)
    {
        origin = null;
        if (Flags.Token(parse, _duration) is not null)
        {
            origin = _duration.Name;
            return Positive(Flags.ValueUnlessBad(parse, _duration), origin, problems);
        }

        if (NonEmpty(variable("DURATION")) is not { } text) return null;
        origin = "DURATION";
        if (DurationText.TryParse(text, out var value)) return Positive(value, origin, problems);
        problems.Add($"DURATION: '{text}' is not {DurationText.Allowed}");
        return null;
    }

    private static string? NonEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static TimeSpan? Positive(TimeSpan? value, string origin, ICollection<string> problems)
    {
        if (value == TimeSpan.Zero) problems.Add($"{origin}: must be longer than 0");
        return value;
    }
}
