using MetricsSim.Core.Series;

namespace MetricsSim.Core.Engine;

/// <content>Series by session.</content>
public sealed partial class World
{
    private readonly long _samplesOfSession;

    /// <summary>Sessions that have series of their own, hidden ones included; 0 while <c>session_id</c> is no label.</summary>
    public int SessionRows => _blocks.Sum(block => block.Series?.Count ?? 0);

    /// <summary>Sessions that ever had series of their own, those at tick 0 included; 0 while <c>session_id</c> is no label.</summary>
    public long SessionRowsCreated => _blocks.Sum(block => block.Series?.Created ?? 0);

    private void CopySessions(Snapshot snapshot)
    {
        if (_families.BySession.Count == 0) return;
        var count = SessionRows;
        snapshot.Live[_families.Sessions]!.Reset(count);
        snapshot.Live[_families.Decisions]!.Reset(count);
        foreach (var family in _families.BySession)
        {
            if (_families.Versioned[family] is { } leaves) snapshot.Live[family]!.Reset(count * leaves.Count);
            var cells = count * _families.SessionCells(family);
            ref var column = ref snapshot.Columns[family];
            if (column.Length < cells) column = new long[Math.Max(cells, 2 * column.Length)];
            else column.AsSpan(cells).Clear();
        }

        var first = 0;
        foreach (var block in _blocks)
        {
            block.Series!.CopyTo(snapshot, first, _hiddenRows, Tick * _tickMicros);
            first += block.Series.Count;
        }
    }

    private void ReadSessions(WorldReading reading)
    {
        (reading.VanishedSessions, reading.VanishedEndedSessions, reading.VanishedTokens, reading.VanishedNanoUsd) = (0, 0, 0, 0);
        if (_families.BySession.Count == 0) return;
        long rows = 0;
        foreach (var block in _blocks)
        {
            var series = block.Series!;
            rows += series.Count - (_hiddenRows.Any ? series.CountHidden(_hiddenRows) : 0);
            reading.VanishedSessions += series.Vanished(_families.Sessions);
            reading.VanishedEndedSessions += series.Vanished(_families.SessionDuration);
            reading.VanishedTokens += series.Vanished(_families.Tokens);
            reading.VanishedNanoUsd += series.Vanished(_families.Cost);
        }

        if (reading.Up) reading.PageSamples += rows * _samplesOfSession;
    }

    private void ResetSessions()
    {
        foreach (var block in _blocks) block.Series?.Reset();
    }
}
