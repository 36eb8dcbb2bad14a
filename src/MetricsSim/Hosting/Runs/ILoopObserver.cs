using MetricsSim.Core.Engine;

namespace MetricsSim.Hosting.Runs;

/// <summary>Sees everything that changes the world, on the loop's thread and at once: it must be quick, and keep neither world nor layout.</summary>
internal interface ILoopObserver
{
    /// <summary>Something happened in the world: within the step or command that is told next.</summary>
    /// <param name="told">What happened.</param>
    void Hear(WorldEvent told);

    /// <summary>A command was applied.</summary>
    /// <param name="world">The world.</param>
    /// <param name="command">The command.</param>
    /// <param name="outcome">What became of it.</param>
    void Applied(World world, WorldCommand command, CommandOutcome outcome);

    /// <summary>A tick was stepped.</summary>
    /// <param name="world">The world.</param>
    void Stepped(World world);
}
