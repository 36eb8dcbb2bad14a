using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class RuntimeFamiliesTests
{
    [Fact]
    public void Their_names_are_the_approved_ones() =>
        Approved.Equal("Exposition/runtime-metrics.txt", string.Join('\n', RuntimeFamilies.All.Select(family =>
            $"{family.Name} {family.Type.ToString().ToLowerInvariant()} {family.Unit ?? "-"}"
            + $" {{{string.Join(' ', family.Leaves.Select(leaf => string.Join(',', leaf.Select(label => $"{label.Name}={(label.Name == "version" ? "*" : label.Value)}"))))}}}: {family.Help}")));

    [Fact]
    public void A_capture_does_not_change_afterwards()
    {
        var metrics = new RuntimeMetrics(new ManualTimeProvider());
        metrics.RecordTick(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(20));
        Core.Series.Snapshot before = metrics.Capture();
        metrics.RecordTick(TimeSpan.FromSeconds(10), TimeSpan.Zero);
        Core.Series.Snapshot after = metrics.Capture();

        int ticks = RuntimeFamilies.All.ToList().IndexOf(RuntimeFamilies.Ticks);
        int lag = RuntimeFamilies.All.ToList().IndexOf(RuntimeFamilies.Lag);
        int duration = RuntimeFamilies.All.ToList().IndexOf(RuntimeFamilies.TickDuration);
        Assert.Equal((1, 2), (before.Columns[ticks][0], after.Columns[ticks][0]));
        Assert.Equal((20_000, 0), (before.Columns[lag][0], after.Columns[lag][0]));
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3_000], before.Columns[duration]);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 10_003_000], after.Columns[duration]);
    }
}
