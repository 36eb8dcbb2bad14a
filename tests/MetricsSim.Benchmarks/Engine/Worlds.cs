using MetricsSim.Core.Engine;

namespace MetricsSim.Benchmarks.Engine;

/// <summary>The worlds that are measured: the defaults; a million users have their labels off, so that their series aggregate.</summary>
internal static class Worlds
{
    public static WorldOptions Of(int users) => new()
    {
        Population = new PopulationOptions { Total = users },
        Telemetry = new TelemetryOptions
        {
            Labels = users < 1_000_000
                ? new LabelOptions()
                : new LabelOptions { UserId = false, UserType = false, OrganizationId = false, TerminalType = false },
        },
    };
}
