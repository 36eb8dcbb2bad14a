using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Reports;

namespace MetricsSim.Exports;

/// <summary>What an export is and how to get it again: engine version, seed, start, what was played, columns, the whole configuration.</summary>
internal static class ExportMetadata
{
    /// <summary>Writes it.</summary>
    /// <param name="config">The configuration; secrets are masked.</param>
    /// <param name="start">What is played.</param>
    /// <param name="duration">Length of the run.</param>
    /// <param name="interval">Time between two samples.</param>
    /// <returns>A fresh object.</returns>
    public static JsonObject Of(SimulatorConfig config, StartSimulation start, TimeSpan duration, TimeSpan interval) => new()
    {
        ["version"] = BuildVersion.Text,
        ["scenario_id"] = start.ScenarioId,
        ["name"] = config.World.Scenarios[start.ScenarioId].Name,
        ["seed"] = config.World.Seed,
        ["users"] = config.World.Population.Total,
        ["start"] = RunJson.Instant(config.World.Start),
        ["end"] = RunJson.Instant(config.World.Start + duration),
        ["duration_seconds"] = duration.TotalSeconds,
        ["compress"] = start.Compress,
        ["interval_seconds"] = interval.TotalSeconds,
        ["columns"] = new JsonArray(
        [
            Column(SampleColumn.Time, "RFC 3339, UTC", "Simulated time"),
            .. SampleColumn.All.Select(column => Column(column.Name, column.Unit, column.Meaning)),
        ]),
        ["config"] = EffectiveConfig.ToJson(config),
    };

    private static JsonObject Column(string name, string unit, string meaning) => new() { ["name"] = name, ["unit"] = unit, ["meaning"] = meaning };
}
