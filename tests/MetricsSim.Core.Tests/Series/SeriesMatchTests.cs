using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

/// <summary>Values go to the series of the same name and labels, wherever it lies now.</summary>
public sealed class SeriesMatchTests
{
    private static readonly MetricFamily Then = new()
    {
        Name = "m", Help = "h", Type = MetricType.Histogram, Bounds = [1], Rows = Rows(("user", "a"), ("user", "b")), Leaves = Leaves(("type", "x"), ("type", "y")),
    };

    private static readonly long[] Values = [.. Enumerable.Range(1, 12).Select(i => (long)i)];

    [Fact]
    public void The_same_series_keep_their_cells() => Assert.Equal(Values, Carried(Then));

    [Fact]
    public void Rows_and_leaves_are_found_at_other_places_and_new_ones_begin_at_zero()
    {
        Assert.Equal([7, 8, 9, 10, 11, 12, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6], Carried(Then with { Rows = Rows(("user", "b"), ("user", "c"), ("user", "a")) }));
        Assert.Equal([4, 5, 6, 10, 11, 12], Carried(Then with { Leaves = Leaves(("type", "y")) }));
        Assert.Equal([0, 0, 0, 10, 11, 12, 0, 0, 0, 4, 5, 6], Carried(Then with { Rows = Rows(("user", "b"), ("user", "a")), Leaves = Leaves(("type", "z"), ("type", "y")) }));
        Assert.Equal(new long[12], Carried(Then with { Rows = Rows(("person", "a"), ("person", "b")) }));
    }

    [Fact]
    public void A_label_without_a_value_is_none_and_order_means_nothing()
    {
        var then = Then with { Rows = new FixedLabelRows([[new("team", "red"), new("user", "a")], [new("team", ""), new("user", "b")]]) };
        var now = Then with { Rows = new FixedLabelRows([[new("user", "b")], [new("user", "a"), new("team", "red")]]) };
        Assert.Equal([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6], Carried(then, now));
    }

    [Fact]
    public void Other_buckets_units_types_and_names_do_not_go_on()
    {
        Assert.True(SeriesMatch.GoesOn(Then, Then with { Bounds = [1], Help = "other" }));
        Assert.False(SeriesMatch.GoesOn(Then, Then with { Bounds = [2] }));
        Assert.False(SeriesMatch.GoesOn(Then, Then with { Bounds = [1, 2] }));
        Assert.False(SeriesMatch.GoesOn(Then, Then with { Divisor = 1000 }));
        Assert.False(SeriesMatch.GoesOn(Then, Then with { Type = MetricType.Counter }));
        Assert.False(SeriesMatch.GoesOn(Then, Then with { Name = "n" }));
    }

    [Fact]
    public void Families_are_found_by_their_names()
    {
        var (other, gone) = (Then with { Name = "other" }, Then with { Name = "gone" });
        var to = new[] { new long[12], new long[12] };
        new SeriesMatch([gone, other], [other, Then]).Copy(family => family == 1 ? Values : throw new InvalidOperationException("nobody asks for it"), to);
        Assert.Equal(Values, to[0]);
        Assert.Equal(new long[12], to[1]);
    }

    private static long[] Carried(MetricFamily now) => Carried(Then, now);

    private static long[] Carried(MetricFamily then, MetricFamily now)
    {
        var to = new long[now.CellCount];
        new SeriesMatch([then], [now]).Copy(_ => Values, [to]);
        return to;
    }

    private static FixedLabelRows Rows(params (string Name, string Value)[] labels) => new(Leaves(labels));

    private static IReadOnlyList<IReadOnlyList<Label>> Leaves(params (string Name, string Value)[] labels) =>
        [.. labels.Select(label => (IReadOnlyList<Label>)[new(label.Name, label.Value)])];
}
