using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Groups;

/// <content>Its part of a saved state: values. Which series there are follows from the time.</content>
internal sealed partial class SeriesGroup
{
    /// <summary>What tells it from others, as far as the state's shape goes.</summary>
    public string Shape => $"{Options.Id} ({Options.Metrics} × {_rows.Count + _additional} {Options.Type} of {_stride}{(_law.HasState ? " with state" : "")})";

    public void Write(StateWriter to)
    {
        foreach (var column in _columns) to.Write<long>(column);
        foreach (var state in _states) to.Write<double>(state);
    }

    /// <param name="from">The state.</param>
    /// <param name="tick">The tick it is of.</param>
    public void Read(StateReader from, long tick)
    {
        Follow(tick);
        for (var metric = 0; metric < _columns.Length; metric++) from.Fill<long>(_columns[metric], Families[metric].Name);
        for (var metric = 0; metric < _states.Length; metric++)
        {
            from.Fill<double>(_states[metric], Families[metric].Name);
            if (Array.Exists(_states[metric], state => !double.IsFinite(state))) throw from.Damaged($"{Families[metric].Name} has a state that is not finite");
        }
    }

    /// <summary>Goes on with the same group of a world under other options, or begins at its tick.</summary>
    /// <param name="before">The group, or null where there was none, or one of other options.</param>
    /// <param name="tick">The present tick.</param>
    public void TakeOver(SeriesGroup? before, long tick)
    {
        Follow(tick);
        if (before is null) return;
        for (var metric = 0; metric < _columns.Length; metric++) before._columns[metric].CopyTo(_columns[metric], 0);
        for (var metric = 0; metric < _states.Length; metric++) before._states[metric].CopyTo(_states[metric], 0);
        before._live.CopyTo(_live, 0);
    }
}
