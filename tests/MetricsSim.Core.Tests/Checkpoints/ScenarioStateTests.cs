using System.Reflection;
using System.Text.Json;
using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Checkpoints;

/// <summary>What a simulation plays comes back whole, whatever is added to events and faults.</summary>
public sealed class ScenarioStateTests
{
    private static readonly FaultSpec Fault = new()
    {
        Type = FaultType.ClockSkew,
        AffectedPercentage = 12.5,
        Model = "mödel \ud800",
        MinDelayMilliseconds = 1,
        MaxDelayMilliseconds = 2.5,
        RetryAfter = TimeSpan.FromSeconds(3),
        AffectedResources = ["cpu", ""],
        MaxSeries = 4,
        OffsetSeconds = -5,
    };

    private static readonly ScenarioEvent[] Events =
    [
        new StartEvent(20, 2), new StartEvent(null, null), new IncreaseLoadEvent(3, 40), new BurstLoadEvent(5, TimeSpan.FromSeconds(6)),
        new GrowthSimulationEvent(7), new InjectFailureEvent(Fault, TimeSpan.FromSeconds(8)), new RecoveryEvent(), new DeployEvent("1.2", "api"), new DeployEvent(null, null),
    ];

    [Fact]
    public void Every_event_comes_back()
    {
        var scenario = TestWorlds.Scenario("all", 100, [.. Events.Select((what, i) => ((double)i, what))]);
        var back = Through(to => ScenarioState.Write(to, scenario), ScenarioState.Read);
        Assert.Equal(Text(scenario), Text(back));
        Assert.Equal(scenario.Timeline.Select(entry => Text(entry.Event)), back.Timeline.Select(entry => Text(entry.Event)));
        Assert.Equal(Events.Select(what => what.GetType()), back.Timeline.Select(entry => entry.Event.GetType()));
        var types = typeof(ScenarioEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ScenarioEvent)));
        Assert.All(types, type => Assert.True(Events.Any(what => what.GetType() == type), $"{type.Name} must be among the events of this test"));
    }

    [Fact]
    public void Every_property_of_a_fault_comes_back()
    {
        var plain = new FaultSpec { Type = default };
        foreach (var property in typeof(FaultSpec).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert.False(Equals(property.GetValue(plain), property.GetValue(Fault)), $"{property.Name} must be set in the fault of this test");
        foreach (var fault in new[] { Fault, plain }) Assert.Equal(Text(fault), Text(Through(to => ScenarioState.Write(to, fault), ScenarioState.ReadFault)));
        foreach (var type in Enum.GetValues<FaultType>())
            Assert.Equal(type, Through(to => ScenarioState.Write(to, plain with { Type = type }), ScenarioState.ReadFault).Type);
    }

    private static string Text(object value) => JsonSerializer.Serialize(value, value.GetType());

    private static T Through<T>(Action<StateWriter> write, Func<StateReader, T> read)
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        writer.Begin();
        write(writer);
        writer.End();
        stream.Position = 0;
        var reader = new StateReader(stream);
        reader.Begin();
        var value = read(reader);
        reader.End();
        return value;
    }
}
