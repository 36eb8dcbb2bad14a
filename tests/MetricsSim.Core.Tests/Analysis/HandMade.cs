using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Tests.Analysis;

/// <summary>What happens in one second of a hand-made run.</summary>
internal sealed record Second(int Succeeded = 10, int GivenUp = 0, double Duration = 1)
{
    public int Attempts { get; init; } = 10;

    public double Capacity { get; init; } = 100;

    public double Active { get; init; } = 50;

    public double Utilization { get; init; } = 0.5;

    public int Ended { get; init; }

    public double Length { get; init; }

    public int Tokens { get; init; } = 1000;

    public long NanoUsd { get; init; } = 1_000_000;

    public int Lost { get; init; }
}

/// <summary>Runs whose every second is written down, so that what indicators must say is known.</summary>
internal static class HandMade
{
    public static RecordedRun Run(int seconds, Func<int, Second> at, params (double At, ScenarioEvent Event)[] timeline)
    {
        var series = new RunSeries(seconds, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(seconds));
        for (var i = 1; i <= seconds; i++)
        {
            var second = at(i - 1);
            Rise(series.Requests, i, second.Succeeded + second.GivenUp);
            Rise(series.GivenUp, i, second.GivenUp);
            Rise(series.Attempts, i, second.Attempts);
            Rise(series.EndedSessions, i, second.Ended);
            Rise(series.EndedSessionMicros, i, (long)(second.Ended * second.Length * 1e6));
            Rise(series.Tokens, i, second.Tokens);
            Rise(series.NanoUsd, i, second.NanoUsd);
            Rise(series.Losses, i, second.Lost);
            Rise(series.Outcomes[0], i, second.Succeeded);
            Rise(series.Outcomes[^1], i, second.GivenUp);
            for (var bucket = 0; bucket < RunSeries.BucketCount; bucket++)
                series.Durations[(i * RunSeries.BucketCount) + bucket] = series.Durations[((i - 1) * RunSeries.BucketCount) + bucket];
            series.Durations[(i * RunSeries.BucketCount) + Buckets.RequestDuration.IndexOf((long)(second.Duration * 1e6))] += second.Succeeded;
            series.Capacity[i] = second.Capacity;
            series.ActiveSessions[i] = second.Active;
            series.Utilization[i] = second.Utilization;
        }

        var options = TestWorlds.Options(10);
        var scenario = TestWorlds.Scenario("s", seconds, timeline);
        var start = new StartSimulation("s");
        return new RecordedRun
        {
            Scenario = scenario,
            Options = options,
            Start = start,
            SimulationId = "sim_00000001",
            Plan = TimelinePlan.Of(scenario, start, options.Tick),
            Layout = new SeriesLayout([]),
            Series = series,
        };
    }

    public static (double At, ScenarioEvent Event) Fault(double at, double seconds, FaultType type = FaultType.TotalOutage) =>
        (at, new InjectFailureEvent(new FaultSpec { Type = type }, TimeSpan.FromSeconds(seconds)));

    private static void Rise(long[] counter, int boundary, long by) => counter[boundary] = counter[boundary - 1] + by;
}
