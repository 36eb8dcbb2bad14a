using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <summary>
/// The simulated world: one writer steps it tick by tick; between steps it can be read. Not safe for concurrent use: its owner
/// takes commands and snapshots at tick boundaries.
/// </summary>
public sealed class World
{
    /// <summary>Makes the world at tick 0.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="lanes">Where parts of a tick run; null is the caller's thread.</param>
    public World(WorldOptions options, ILanes? lanes = null)
    {
        Options = options;
        Lanes = lanes ?? SerialLane.Instance;
        Layout = new SeriesLayout([]);
    }

    /// <summary>What the world was made from.</summary>
    public WorldOptions Options { get; }

    /// <summary>Ticks stepped so far.</summary>
    public long Tick { get; private set; }

    /// <summary>Simulated time of <see cref="Tick"/>.</summary>
    public DateTimeOffset Now => Options.Start + (Options.Tick * Tick);

    /// <summary>Families the world publishes.</summary>
    public SeriesLayout Layout { get; }

    private ILanes Lanes { get; }

    /// <summary>Steps one tick.</summary>
    public void Step() => Tick++;

    /// <summary>Steps many ticks.</summary>
    /// <param name="ticks">How many, ≥ 0.</param>
    public void Step(long ticks)
    {
        for (long i = 0; i < ticks; i++) Step();
    }

    /// <summary>Applies a command at the present tick boundary, or says why not and changes nothing.</summary>
    /// <param name="command">What is asked.</param>
    /// <returns>What became of it.</returns>
    public CommandOutcome Apply(WorldCommand command) => throw new NotSupportedException(command.ToString());

    /// <summary>The numbers for people.</summary>
    /// <returns>A fresh, immutable record.</returns>
    public WorldStatus Status() => throw new NotSupportedException();

    /// <summary>Copies every series' value, at the present tick boundary.</summary>
    /// <param name="snapshot">A snapshot made for <see cref="Layout"/>; may be one used before.</param>
    /// <exception cref="ArgumentException">The snapshot is of another layout.</exception>
    public void CopyTo(Snapshot snapshot)
    {
        if (!ReferenceEquals(snapshot.Layout, Layout)) throw new ArgumentException("The snapshot is of another layout.", nameof(snapshot));
        snapshot.Tick = Tick;
        snapshot.UnixMilliseconds = Now.ToUnixTimeMilliseconds();
        snapshot.CreatedUnixMilliseconds = Options.Start.ToUnixTimeMilliseconds();
    }
}
