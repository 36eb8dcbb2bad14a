using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;

namespace MetricsSim.Hosting.Runs;

/// <summary>
/// The last while of the world, for faults that belong to no recorded simulation. Two tapes overlap by half, so that there is always one
/// that begins ten minutes before a fault, where there are ten minutes, and goes on for at least half an hour after its start.
/// </summary>
/// <param name="tick">Length of a tick.</param>
/// <param name="older">The older tape, to go on from; null for none.</param>
/// <param name="newer">The newer tape, to go on from; null for none.</param>
internal sealed class LiveHistory(TimeSpan tick, RunTape? older = null, RunTape? newer = null)
{
    /// <summary>Samples of half a tape.</summary>
    public const int Half = 2400;

    private const double BeforeSeconds = 600;
    private static readonly TimeSpan LeastSample = TimeSpan.FromSeconds(1);
    private readonly long _sample = Math.Max(1, LeastSample.Ticks / tick.Ticks);
    private RunTape? _older = older;
    private RunTape? _newer = newer;

    /// <summary>The tapes, the older first; those that there are.</summary>
    public IEnumerable<RunTape> Tapes => new[] { _older, _newer }.OfType<RunTape>();

    /// <summary>Whether something is to be taken down.</summary>
    /// <param name="atTick">The world's tick.</param>
    /// <returns>True if <see cref="Record"/> shall be called.</returns>
    public bool IsDue(long atTick) => _newer is null || _newer.IsDue(atTick);

    /// <summary>Takes down a boundary.</summary>
    /// <param name="reading">The world there.</param>
    /// <param name="at">Wall time, UTC ticks.</param>
    /// <returns>Whether a tape is full.</returns>
    public bool Record(WorldReading reading, long at)
    {
        _older?.Record(reading, 0, at);
        _newer?.Record(reading, 0, at);
        if (_newer is { Boundary: < Half }) return false;
        var full = _older is not null;
        (_older, _newer) = (_newer, new RunTape(reading.Tick, 2 * Half * _sample, _sample, tick));
        _newer.Record(reading, 0, at);
        return full;
    }

    /// <summary>The tape for a fault.</summary>
    /// <param name="startTick">The world's first tick with it.</param>
    /// <returns>One that holds its start.</returns>
    public RunTape For(long startTick) =>
        _older is null || (startTick - _newer!.StartTick) * tick.TotalSeconds >= BeforeSeconds ? _newer! : _older;
}
