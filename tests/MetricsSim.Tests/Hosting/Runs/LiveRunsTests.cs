using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Hosting.Runs;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting.Runs;

/// <summary>What is recorded of a world that a loop would step, with its bounds.</summary>
public sealed class LiveRunsTests
{
    private const string Id = "s";
    private readonly ManualTimeProvider _clock = new();
    private readonly World _world;
    private readonly LiveRuns _runs;

    public LiveRunsTests()
    {
        Scenario Play(string id, TimeSpan duration) => new()
        {
            Id = id,
            Name = id,
            Duration = duration,
            Timeline = [new(TimeSpan.FromSeconds(660), new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(120)), "")],
            Assertions = [new("error_rate", "< 0.5", Comparison.Less, 0.5, null)],
        };

        var options = TestScenarios.Config(100).World with
        {
            Scenarios = new[] { Play(Id, TimeSpan.FromSeconds(900)), Play("long", TimeSpan.FromDays(3650)) }.ToDictionary(one => one.Id, StringComparer.Ordinal),
        };
        _world = new World(options);
        _runs = new LiveRuns(_world, _clock);
        _world.Observer = _runs.Hear;
    }

    [Fact]
    public void Beyond_the_limit_simulations_are_not_evaluated_and_their_faults_are_known_all_the_same()
    {
        var ids = Enumerable.Range(0, LiveRuns.MostRecorded + 2).Select(_ => Start(Id)).ToList();
        Step(950);
        var judged = _runs.JudgeEnded();
        _runs.SettleLoose();
        Assert.Equal(ids, judged.Select(run => run.Id));
        Assert.Equal(
            Enumerable.Repeat(VerdictOutcome.Passed, LiveRuns.MostRecorded).Append(VerdictOutcome.NotEvaluated).Append(VerdictOutcome.NotEvaluated),
            judged.Select(run => Assert.Single(run.Judgement!.Verdicts).Outcome));
        Assert.Contains("too many simulations", judged[^1].Judgement!.Verdicts[0].Reason, StringComparison.Ordinal);
        var truth = judged.Select(run => Assert.Single(run.Judgement!.Truth)).ToList();
        // One history around all of them: what the world showed is the same for the recorded and the others.
        Assert.Equal(Text(truth[0]), Text(truth[^1]));
        Assert.NotEmpty(truth[^1].Affected);
        Assert.Equal($"inc_{ids[^1][4..]}", truth[^1].Id);

        // What has ended makes room.
        string next = Start(Id);
        Step(10);
        Assert.Equal(VerdictOutcome.Passed, _runs.JudgementOf(next, soFar: true)!.Verdicts[0].Outcome);
    }

    [Fact]
    public void The_length_of_a_simulation_does_not_decide_what_it_takes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Start("long");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 700L * LiveRuns.MostSamples);
        for (int i = 0; i < 3; i++) Assert.DoesNotContain("not recorded", Reason(Start("long")), StringComparison.Ordinal);
        string last = Start("long");
        Assert.Contains("not recorded", Reason(Start("long")), StringComparison.Ordinal);
        Apply(new StopSimulation(last));
        Assert.DoesNotContain("not recorded", Reason(Start(Id, TimeSpan.FromSeconds(0.5))), StringComparison.Ordinal);
    }

    [Fact]
    public void Ticks_allocate_nothing_while_it_records()
    {
        Start(Id);
        _world.Apply(new AddFault(new FaultSpec { Type = FaultType.NetworkLatency, MaxDelayMilliseconds = 10 }, null));
        Step(100);
        var quiet = 0;
        for (int window = 0; window < 5; window++)
        {
            _world.Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            _runs.Stepped(_world);
            if (GC.GetAllocatedBytesForCurrentThread() == before) quiet++;
        }

        Assert.Equal(5, quiet);
    }

    [Fact]
    public void What_begins_and_ends_at_one_boundary_is_no_incident()
    {
        CommandOutcome added = Apply(new AddFault(new FaultSpec { Type = FaultType.TotalOutage }, null));
        Assert.Single(_runs.Truth());
        Apply(new RemoveFault(added.Fault!.FaultId));
        Step(5);
        Assert.Empty(_runs.Truth());
    }

    [Fact]
    public void The_symptoms_of_a_fault_without_an_end_are_those_of_its_first_half_hour_and_more()
    {
        Step(LiveHistory.Half + 100);
        Apply(new AddFault(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 }, null));
        Step(LiveHistory.Half - 200);
        _runs.SettleLoose();
        var early = Assert.Single(_runs.Truth());
        Step(2 * LiveHistory.Half);
        _runs.SettleLoose();
        var late = Assert.Single(_runs.Truth());
        Assert.Equal(
            early.Affected.Select(symptom => (symptom.Metric, symptom.LagSeconds)), late.Affected.Select(symptom => (symptom.Metric, symptom.LagSeconds)));
        Assert.Contains(late.Affected, symptom => symptom is { Metric: "otel_claude_code_error_total", Direction: "up" });
        Assert.Null(late.End);
    }

    [Fact]
    public void Faults_of_the_background_are_incidents_of_no_scenario()
    {
        var noise = new AmbientFault(new FaultSpec { Type = FaultType.RateLimiting, AffectedPercentage = 50 }, 0.1);
        var world = new World(_world.Options with { AmbientFaults = [noise] });
        var runs = new LiveRuns(world, _clock);
        int begun = 0;
        world.Observer = told =>
        {
            if (told.Kind == WorldEventKind.FaultStarted) begun++;
            runs.Hear(told);
        };
        for (int i = 0; i < 3600; i++)
        {
            world.Step();
            runs.Stepped(world);
        }

        runs.SettleLoose();
        var truth = runs.Truth();
        Assert.InRange(begun, 1, 20);
        Assert.Equal(begun, truth.Count);
        Assert.All(truth, incident => Assert.Equal(("rate_limiting", null, _clock.GetUtcNow()), (incident.Kind, incident.ScenarioId, incident.WallStart)));
        Assert.Contains(truth, incident => incident.Affected.Any(symptom => symptom.Selector.Contains("rate_limit", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_oldest_are_dropped()
    {
        for (int i = 0; i < LiveRuns.MostLoose + 5; i++)
        {
            Apply(new AddFault(new FaultSpec { Type = FaultType.RateLimiting, AffectedPercentage = 1 }, TimeSpan.FromSeconds(1)));
            Step(2);
            if (i % 100 == 0) _runs.SettleLoose();
        }

        Assert.Equal(LiveRuns.MostLoose, _runs.Truth().Count);
        Assert.Equal(5, _runs.Dropped);
        Assert.Equal(_world.Options.Start.AddSeconds(10), _runs.Truth()[0].Start);

        var ids = new List<string>();
        for (int i = 0; i < LiveRuns.MostEnded + 5; i++)
        {
            ids.Add(Start(Id));
            Step(1);
            Apply(new StopSimulation(ids[^1]));
            _runs.JudgeEnded();
        }

        Assert.Null(_runs.JudgementOf(ids[3], soFar: true));
        Assert.Equal(JudgedOver.Part, _runs.JudgementOf(ids[5], soFar: true)!.Over);
    }

    private static string Text(Incident incident) =>
        $"{incident.Kind} {incident.Start:O} {incident.End:O} {incident.WallStart:O} {incident.WallEnd:O} {string.Join(';', incident.Affected)}";

    private string Reason(string simulation) => _runs.JudgementOf(simulation, soFar: true)?.Verdicts[0].Reason ?? "";

    private CommandOutcome Apply(WorldCommand command)
    {
        CommandOutcome outcome = _world.Apply(command);
        Assert.True(outcome.Applied, outcome.Detail);
        _runs.Applied(_world, command, outcome);
        return outcome;
    }

    private string Start(string scenario, TimeSpan? duration = null) => Apply(new StartSimulation(scenario) { Duration = duration }).Simulation!.SimulationId;

    private void Step(int ticks)
    {
        for (int i = 0; i < ticks; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _world.Step();
            _runs.Stepped(_world);
        }
    }
}
