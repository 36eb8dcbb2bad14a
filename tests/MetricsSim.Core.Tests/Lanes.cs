using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Tests;

/// <summary>Lanes that run one after the other from the last to the first.</summary>
internal sealed class ReversedLanes(int count) : ILanes
{
    public int Count => count;

    public void Run(Action<int> body)
    {
        for (var lane = count - 1; lane >= 0; lane--) body(lane);
    }
}

/// <summary>Lanes on threads of their own.</summary>
internal sealed class ThreadedLanes(int count) : ILanes
{
    public int Count => count;

    public void Run(Action<int> body) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = count }, body);
}
