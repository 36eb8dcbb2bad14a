using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Series;

/// <content>The latest request of each bucket and counter, where exemplars are on; else nothing is kept and nothing is asked.</content>
internal sealed partial class PopulationRecorder
{
    private readonly Exemplar[][] _exemplars;

    /// <summary>A request as an exemplar tells it, without a value; nothing where exemplars are off.</summary>
    /// <param name="random">The seed's draws.</param>
    /// <param name="session">Key of its session.</param>
    /// <param name="request">Its number in the session.</param>
    /// <param name="at">When it ended, µs since tick 0.</param>
    public Exemplar Trace(in KeyedRandom random, ulong session, int request, long at)
    {
        if (!_families.HasExemplars) return default;
        var block = random.Draw(session, Purpose.Identifier, request, 5);
        return new Exemplar(at, block.BitsA, block.BitsB, 0);
    }

    /// <summary>Forgets those there are.</summary>
    public void ForgetExemplars()
    {
        foreach (var slots in _exemplars) slots.AsSpan().Clear();
    }

    /// <summary>The latest of all lanes.</summary>
    /// <param name="lanes">The lanes' recorders.</param>
    /// <param name="family">A family of the population.</param>
    /// <param name="latest">As many as the family has; takes them.</param>
    public static void CopyExemplars(IReadOnlyList<PopulationRecorder> lanes, int family, Span<Exemplar> latest)
    {
        lanes[0]._exemplars[family].CopyTo(latest);
        for (var lane = 1; lane < lanes.Count; lane++)
        {
            var slots = lanes[lane]._exemplars[family];
            // Lanes share those whose rows are the users' own.
            if (ReferenceEquals(slots, lanes[0]._exemplars[family])) continue;
            for (var i = 0; i < slots.Length; i++) latest[i] = Exemplar.Latest(latest[i], slots[i]);
        }
    }

    private static void WriteExemplars(StateWriter to, IReadOnlyList<PopulationRecorder> lanes)
    {
        for (var family = 0; family < lanes[0]._exemplars.Length; family++)
        {
            var latest = LatestExemplars(lanes, family);
            if (latest.Length > 0) to.Write<Exemplar>(latest);
        }
    }

    private static Exemplar[] LatestExemplars(IReadOnlyList<PopulationRecorder> lanes, int family)
    {
        var latest = new Exemplar[lanes[0]._exemplars[family].Length];
        CopyExemplars(lanes, family, latest);
        return latest;
    }

    private void ReadExemplars(StateReader from)
    {
        for (var family = 0; family < _exemplars.Length; family++)
        {
            if (_exemplars[family].Length > 0) from.Fill<Exemplar>(_exemplars[family], "exemplars of " + _families.All[family].Name);
        }
    }

    private void Note(int family, int slot, in Exemplar trace, long value)
    {
        if (!trace.IsPresent || _exemplars[family].Length == 0) return;
        ref var kept = ref _exemplars[family][slot];
        kept = Exemplar.Latest(kept, trace with { Value = value });
    }
}
