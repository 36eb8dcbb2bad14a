using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Series;

/// <content>Its part of a saved state.</content>
internal sealed partial class CounterBase
{
    public void Write(StateWriter to)
    {
        to.Write(_columns is not null);
        if (_columns is null) return;
        to.Write(Tick);
        to.Write(Sessions);
        to.Write(Tokens);
        foreach (var column in _columns) to.Write<long>(column);
    }

    public void Read(StateReader from, long now)
    {
        if (!from.Bool()) return;
        (Tick, Sessions, Tokens) = (from.Between(0, now, "reset"), from.Read<long>(), from.Read<long>());
        _columns = NewColumns();
        for (var i = 0; i < _columns.Length; i++) from.Fill<long>(_columns[i], families[i].Name);
    }

    /// <summary>Goes on counting from where a world of other options did, for the series that go on.</summary>
    /// <param name="before">Its base.</param>
    /// <param name="match">From its families to those of this one.</param>
    public void TakeOver(CounterBase before, SeriesMatch match)
    {
        if (before._columns is null) return;
        (Tick, Sessions, Tokens) = (before.Tick, before.Sessions, before.Tokens);
        _columns = NewColumns();
        match.Copy(family => before._columns[family], _columns);
    }
}
