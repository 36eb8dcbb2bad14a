using MetricsSim.Exposition;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class SlicePoolTests
{
    [Fact]
    public void Slices_are_used_again_while_there_are_pages_and_few_are_kept_after_the_last()
    {
        var pool = new SlicePool(keptIdle: 2);
        PageSlice[] first = [.. Enumerable.Range(0, 5).Select(_ => pool.Rent())];
        Assert.Equal(5, first.Distinct().Count());
        foreach (PageSlice slice in first[..4]) pool.Return(slice);
        Assert.Equal(1, pool.InUse);

        PageSlice[] again = [.. Enumerable.Range(0, 4).Select(_ => pool.Rent())];
        Assert.Equal(first[..4].ToHashSet(), again.ToHashSet());

        foreach (PageSlice slice in first) pool.Return(slice);
        Assert.Equal(0, pool.InUse);
        Assert.Equal(2, Enumerable.Range(0, 5).Select(_ => pool.Rent()).Intersect(first).Count());
    }
}
