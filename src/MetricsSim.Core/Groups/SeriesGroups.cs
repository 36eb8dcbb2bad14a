using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>All groups of a world, in page order.</summary>
internal sealed class SeriesGroups
{
    private readonly SeriesGroup[] _groups;
    private IReadOnlyList<ActiveFault> _gaps = [];

    /// <summary>Makes them as they are at tick 0.</summary>
    public SeriesGroups(WorldOptions options, ILanes lanes)
    {
        _groups = [.. options.SeriesGroups.Select(group => new SeriesGroup(group, options, lanes))];
        Families = [.. _groups.SelectMany(group => group.Families)];
    }

    /// <summary>Their families, in page order.</summary>
    public IReadOnlyList<MetricFamily> Families { get; }

    /// <summary>What tells them from others, as far as the shape of a saved state goes.</summary>
    public IEnumerable<string> Shapes => _groups.Select(group => group.Shape);

    /// <summary>Goes on to a tick boundary.</summary>
    public void Step(long tick)
    {
        foreach (var group in _groups) group.Step(tick);
    }

    /// <summary>Follows the gaps in force, unless they are those of before.</summary>
    public void Follow(IReadOnlyList<ActiveFault> gaps)
    {
        if (gaps.SequenceEqual(_gaps)) return;
        _gaps = [.. gaps];
        foreach (var group in _groups) group.Follow(_gaps);
    }

    /// <summary>Counts from zero again.</summary>
    public void Reset()
    {
        foreach (var group in _groups) group.Reset();
    }

    /// <summary>Samples on the page of a tick.</summary>
    /// <param name="tick">The present tick.</param>
    public long Samples(long tick)
    {
        var samples = 0L;
        foreach (var group in _groups) samples += group.Present(tick) * group.SamplesPerRow;
        return samples;
    }

    /// <summary>Copies the values.</summary>
    /// <param name="snapshot">Takes them.</param>
    /// <param name="first">Index of the first of their families.</param>
    /// <param name="tick">The present tick.</param>
    public void CopyTo(Snapshot snapshot, int first, long tick)
    {
        foreach (var group in _groups)
        {
            group.CopyTo(snapshot, first, tick);
            first += group.Families.Count;
        }
    }

    public void Write(StateWriter to)
    {
        foreach (var group in _groups) group.Write(to);
    }

    public void Read(StateReader from, long tick)
    {
        foreach (var group in _groups) group.Read(from, tick);
    }

    /// <summary>Goes on with the groups of other options: those that are as they were from where they stand, the others anew.</summary>
    public void TakeOver(SeriesGroups before, long tick)
    {
        foreach (var group in _groups)
            group.TakeOver(Array.Find(before._groups, other => other.Options.Id == group.Options.Id && group.Options.GoesOnFrom(other.Options)), tick);
    }
}
