using MetricsSim.Core.Engine;

namespace MetricsSim.Analysis.Runs;

/// <summary>
/// A recording that is made while a world goes on: filled at its sample boundaries, and readable up to the last of them at any time,
/// also by another thread, since what is written doesn't change. Allocates nothing after it is made.
/// </summary>
public sealed class RunTape
{
    private readonly RunRecorder _recorder;
    private readonly long[] _seenAt;
    private int _boundaries;

    /// <summary>Makes an empty one.</summary>
    /// <param name="startTick">The world's tick of its first boundary.</param>
    /// <param name="ticks">Its length, at least 1.</param>
    /// <param name="sample">Ticks of a sample, at least 1; the last one may be shorter.</param>
    /// <param name="tick">Length of a tick.</param>
    /// <param name="seenAt">When the boundaries were taken down whose cells the maker fills in himself; null for none.</param>
    public RunTape(long startTick, long ticks, long sample, TimeSpan tick, IReadOnlyList<long>? seenAt = null)
    {
        StartTick = startTick;
        (Ticks, Sample) = (ticks, sample);
        Series = new RunSeries((int)((ticks + sample - 1) / sample), sample * tick, ticks * tick);
        _boundaries = seenAt?.Count ?? 0;
        _recorder = new RunRecorder(Series, _boundaries);
        _seenAt = new long[Series.Count + 1];
        for (var i = 0; i < _boundaries; i++) _seenAt[i] = seenAt![i];
    }

    /// <summary>The world's tick of its first boundary.</summary>
    public long StartTick { get; }

    /// <summary>Its length.</summary>
    public long Ticks { get; }

    /// <summary>Ticks of a sample.</summary>
    public long Sample { get; }

    /// <summary>The columns; only the cells up to <see cref="Boundary"/> are filled.</summary>
    public RunSeries Series { get; }

    /// <summary>The last boundary that was taken down; −1 before the first.</summary>
    public int Boundary => Volatile.Read(ref _boundaries) - 1;

    /// <summary>Whether nothing more can be taken down.</summary>
    public bool IsFull => Boundary == Series.Count;

    /// <summary>When each boundary was taken down, UTC ticks; only those up to <see cref="Boundary"/> are filled.</summary>
    public IReadOnlyList<long> SeenAt => _seenAt;

    /// <summary>Whether a tick is its next boundary.</summary>
    /// <param name="tick">The world's tick.</param>
    /// <returns>True if <see cref="Record"/> shall be called.</returns>
    public bool IsDue(long tick) => !IsFull && tick == StartTick + Math.Min(_boundaries * Sample, Ticks);

    /// <summary>Takes down the next boundary.</summary>
    /// <param name="reading">The world there.</param>
    /// <param name="losses">Losses of the published counters so far.</param>
    /// <param name="at">Wall time, UTC ticks.</param>
    public void Record(WorldReading reading, long losses, long at)
    {
        _recorder.Record(reading, losses);
        _seenAt[_boundaries] = at;
        // Readers take the count first, so the cells must be there before it.
        Volatile.Write(ref _boundaries, _boundaries + 1);
    }

    /// <summary>The run up to now.</summary>
    /// <returns>A series whose cells are all filled.</returns>
    public RunSeries SoFar() => Series.Until(Math.Max(0, Boundary));
}
