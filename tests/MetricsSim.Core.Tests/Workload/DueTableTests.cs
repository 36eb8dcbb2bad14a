using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Workload;

public sealed class DueTableTests
{
    [Fact]
    public void Finds_what_is_due_in_order_of_slots()
    {
        var table = new DueTable<int>();
        for (var i = 0; i < 100; i++) Assert.Equal(i, table.Add(1000 + i, i * 10));
        Assert.Equal(100, table.Count);
        Assert.Equal([0, 1, 2], table.DueBefore(21).ToArray());
        Assert.Equal([0, 1], table.DueBefore(20).ToArray());
        Assert.Empty(table.DueBefore(0).ToArray());
        table.SetDue(50, 5);
        Assert.Equal([0, 50], table.DueBefore(10).ToArray());
        Assert.Equal((1050, 5L), (table[50], table.DueAt(50)));
    }

    [Fact]
    public void Reuses_slots_and_clears_them()
    {
        var table = new DueTable<int>();
        for (var i = 0; i < 20; i++) table.Add(i + 1, i);
        table.Remove(3);
        Assert.Equal((19, 0, long.MaxValue), (table.Count, table[3], table.DueAt(3)));
        Assert.DoesNotContain(3, table.DueBefore(long.MaxValue).ToArray());
        Assert.Equal(3, table.Add(77, 7));
        Assert.Equal((20, 77), (table.Count, table[3]));
    }

    /// <summary>Against a dictionary, over random runs of adds, removals and moves.</summary>
    [Fact]
    public void Agrees_with_a_dictionary()
    {
        var operations = Gen.Choose(0, 9).Zip(Gen.Choose(0, 1000)).ListOf().ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithReplay(7, 7).WithMaxTest(200).WithEndSize(400), Prop.ForAll(operations, list =>
        {
            var table = new DueTable<int>();
            var model = new SortedDictionary<int, (int Entry, long Due)>();
            foreach (var (kind, number) in list)
            {
                if (kind < 6 || model.Count == 0)
                {
                    model.Add(table.Add(number, number), (number, number));
                }
                else
                {
                    var slot = model.Keys.ElementAt(number % model.Count);
                    if (kind < 8)
                    {
                        table.Remove(slot);
                        model.Remove(slot);
                    }
                    else
                    {
                        table.SetDue(slot, number);
                        model[slot] = (model[slot].Entry, number);
                    }
                }

                Assert.Equal(model.Count, table.Count);
                Assert.Equal(model.Where(entry => entry.Value.Due < 500).Select(entry => entry.Key), table.DueBefore(500).ToArray());
            }

            Assert.All(model, entry => Assert.Equal(entry.Value.Entry, table[entry.Key]));
        }));
    }
}
