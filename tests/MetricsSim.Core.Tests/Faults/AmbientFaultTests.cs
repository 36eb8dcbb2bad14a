using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

public sealed class AmbientFaultTests
{
    private static readonly AmbientFault[] Kinds =
    [
        new(new() { Type = FaultType.NetworkLatency, AffectedPercentage = 5, MinDelayMilliseconds = 100, MaxDelayMilliseconds = 200 }, 0.3),
        new(new() { Type = FaultType.ModelOutage, AffectedPercentage = 5 }, 0.05) { Errors = [ErrorKind.Timeout, ErrorKind.RateLimit] },
    ];

    /// <summary>A binomial number of faults, each of 60 s, whatever the tick.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.25)]
    [InlineData(7)]
    [InlineData(90)]
    public void Begin_with_their_probability_each_minute_and_last_one(double tickSeconds)
    {
        const int Minutes = 20_000;
        var ambient = Faults(TimeSpan.FromSeconds(tickSeconds));
        var seen = new HashSet<ActiveFault>();
        var active = 0L;
        var ticks = (long)(Minutes * 60 / tickSeconds);
        for (var tick = 0L; tick < ticks; tick++)
        {
            var before = ambient.Active.ToArray();
            Assert.Equal(ambient.Advance(tick), !before.SequenceEqual(ambient.Active));
            active += ambient.Active.Count;
            seen.UnionWith(ambient.Active);
        }

        foreach (var kind in Kinds) Statistics.AssertShare(kind.Probability, seen.Count(fault => fault.Spec == kind.Spec), Minutes, "faults begun");
        var length = Math.Max(1, Math.Floor(60 / tickSeconds)) * tickSeconds;
        Assert.Equal(length, active * tickSeconds / seen.Count, 0.5);
        var outages = seen.Where(fault => fault.Spec == Kinds[1].Spec).ToArray();
        Statistics.AssertShare(0.5, outages.Count(fault => fault.Error == ErrorKind.Timeout), outages.Length, "faults of the first error");
        // Each draws its own sessions.
        Assert.Equal(seen.Count, seen.Select(fault => fault.Key).Distinct().Count());
    }

    [Fact]
    public void Are_the_same_at_the_same_seed_whatever_the_tick()
    {
        Assert.Equal(Starts(TimeSpan.FromSeconds(1)), Starts(TimeSpan.FromSeconds(1)));
        Assert.All(
            Starts(TimeSpan.FromSeconds(1)).Zip(Starts(TimeSpan.FromSeconds(0.25))), pair => Assert.InRange(pair.First - pair.Second, 0, 1_000_000));
    }

    [Fact]
    public void They_act_on_the_world_and_are_published_and_there_are_none_by_default()
    {
        var options = FaultWorlds.Options();
        var ambient = new AmbientFault(new() { Type = FaultType.ModelOutage, AffectedPercentage = 5 }, 1) { Errors = [ErrorKind.Network] };
        var world = new World(options with { AmbientFaults = [ambient] });
        var phase = new FaultPhase(world.StepSeconds(900), 1200);
        Assert.InRange(SnapshotView.Of(world).Gauge("metricssim_active_faults", ("type", "model_outage")), 1, 2);
        // One a minute of a minute each: 5 % of the sessions at any time, but for requests whose retries outlast the fault and sessions that fail.
        Assert.InRange(phase.Share("network"), 0.025, 0.05);
        var quiet = new World(options).StepSeconds(900);
        Assert.Equal(0, new FaultPhase(quiet, 1200).Share("network"));
        Assert.Equal(0, quiet.Status().ActiveFaults);
    }

    [Fact]
    public void Each_is_told_when_it_begins_and_ends_and_listed_in_between()
    {
        var world = new World(FaultWorlds.Options() with { AmbientFaults = Kinds });
        var (told, open) = (0, new Dictionary<string, FaultStatus>(StringComparer.Ordinal));
        world.Observer = what =>
        {
            var fault = Assert.IsType<FaultStatus>(what.Fault);
            told++;
            Assert.Equal((true, (string?)null, TimeSpan.FromSeconds(60)), (fault.Ambient, fault.SimulationId, fault.EndsAt - fault.StartedAt));
            Assert.Equal(what.Kind == WorldEventKind.FaultStarted ? fault.StartedAt : fault.EndsAt, what.At);
            if (what.Kind == WorldEventKind.FaultStarted) open.Add(fault.FaultId, fault);
            else Assert.True(open.Remove(fault.FaultId));
        };
        for (var i = 0; i < 3600; i++)
        {
            world.Step();
            Assert.Equal(open.Values.OrderBy(fault => fault.FaultId), world.Status().Faults.OrderBy(fault => fault.FaultId));
        }

        Assert.InRange(told, 20, 70);
        while (open.Count == 0) world.Step();
        var refused = world.Apply(new RemoveFault(open.Keys.First()));
        Assert.Equal(CommandProblem.NotYours, refused.Problem);
    }

    private static List<long> Starts(TimeSpan tick)
    {
        var ambient = Faults(tick);
        var starts = new SortedSet<long>();
        for (var i = 0L; i < TimeSpan.FromHours(5) / tick; i++)
        {
            ambient.Advance(i);
            foreach (var fault in ambient.Active) starts.Add(fault.StartMicros);
        }

        return [.. starts];
    }

    private static AmbientFaults Faults(TimeSpan tick) => new(Options(tick), new WorldEvents(Options(tick)));

    private static WorldOptions Options(TimeSpan tick) => new() { Tick = tick, AmbientFaults = Kinds };
}
