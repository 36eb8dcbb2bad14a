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

    private readonly PlayFlags _play = new();

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_scenario);
        _play.AddTo(command);
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
        var duration = _play.Duration(parse, variable, problems);
        if (id is null)
        {
            if (_play.DurationOrigin(parse, variable) is { } durationOrigin)
                problems.Add($"{durationOrigin}: says how much of a scenario to play, and no scenario is named: add --scenario ID");
            if (_play.GivesCompress(parse))
                problems.Add("--compress: speeds up a scenario's timeline, and no scenario is named: add --scenario ID");
            return null;
        }

        if (config is null) return null;
        if (!config.World.Scenarios.ContainsKey(id))
        {
            problems.Add($"{origin}: {UnknownScenario(id, config)}");
            return null;
        }

        return new StartSimulation(id) { Duration = duration, Compress = _play.Compress(parse) ?? 1 };
    }

    /// <summary>A sentence about an id that is not in the catalogue.</summary>
    /// <param name="id">The id.</param>
    /// <param name="config">The catalogue.</param>
    /// <returns>The sentence, without a full stop.</returns>
    public static string UnknownScenario(string id, SimulatorConfig config) =>
        $"'{id}' is not a scenario; " + (config.World.Scenarios.Count == 0
            ? "the configuration has none"
            : $"known are {string.Join(", ", config.World.Scenarios.Keys.Order(StringComparer.Ordinal))}");

    private static string? NonEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
