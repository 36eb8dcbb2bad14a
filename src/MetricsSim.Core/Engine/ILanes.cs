namespace MetricsSim.Core.Engine;

/// <summary>
/// Runs a tick's independent parts side by side. Core starts no threads: the host brings lanes that do.
/// The number of lanes decides nothing but speed; results are the same for any.
/// </summary>
public interface ILanes
{
    /// <summary>How many bodies run at once, at least one.</summary>
    int Count { get; }

    /// <summary>Runs <paramref name="body"/> once for each lane 0 … <see cref="Count"/> − 1 and returns when all have ended.</summary>
    /// <param name="body">Work of one lane; its argument is the lane's number.</param>
    void Run(Action<int> body);
}

/// <summary>One lane: the caller's thread.</summary>
public sealed class SerialLane : ILanes
{
    /// <summary>The lane.</summary>
    public static SerialLane Instance { get; } = new();

    /// <inheritdoc />
    public int Count => 1;

    /// <inheritdoc />
    public void Run(Action<int> body) => body(0);
}
