namespace MetricsSim.Hosting.Journal;

/// <summary>
/// Reads a journal. Whatever is damaged behind the last whole record is what was being written when the program or the machine went
/// down, and is left out; a damaged record with whole ones behind it is not, and can't be passed over.
/// </summary>
/// <param name="path">Its name in messages.</param>
internal sealed class JournalReader(string path)
{
    private readonly List<ChangeRecord> _changes = [];
    private readonly List<CheckpointRecord> _checkpoints = [];
    private ClockReading _clock = new(default, 0, 1, false);
    private List<TickReading> _seen = [];
    private long _lastTick;

    /// <summary>Reads all of it.</summary>
    /// <param name="file">A stream that can seek.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="BadJournalException">It has no header, or is damaged before its end.</exception>
    public JournalContents Read(Stream file)
    {
        HeaderRecord? header = null;
        int records = 0;
        long offset = 0;
        while (JournalFrame.Decode(file, offset) is ({ } record, var bytes))
        {
            if (record is HeaderRecord == header is not null) throw new BadJournalException($"{path}: record {records + 1} at byte {offset} is out of place: a header comes first, and once");
            if (record is HeaderRecord first) header = Begin(first);
            else Take(record);
            records++;
            offset += bytes;
        }

        if (FindNext(file, offset) is { } next)
            throw new BadJournalException($"{path}: record {records + 1} at byte {offset} is damaged, and good records follow it from byte {next}: it can't be resumed from");
        return new JournalContents
        {
            Header = header ?? throw new BadJournalException($"{path}: it has no whole header: it is no journal, or its run never began"),
            Changes = _changes,
            Checkpoints = _checkpoints,
            Clock = _clock,
            Seen = _seen,
            LastTick = _lastTick,
            Records = records,
            Length = offset,
            Damaged = file.Length - offset,
        };
    }

    private static long? FindNext(Stream file, long damaged)
    {
        // The damage may be to a record's length or its end, so the next may begin anywhere.
        for (long offset = damaged + 1; offset < file.Length; offset++)
            if (JournalFrame.Decode(file, offset).Record is not null) return offset;
        return null;
    }

    private HeaderRecord Begin(HeaderRecord header)
    {
        _clock = new ClockReading(header.Anchor, 0, header.Speed, false);
        See(0, header.Anchor);
        return header;
    }

    private void Take(JournalRecord record)
    {
        switch (record)
        {
            case ChangeRecord change:
                _changes.Add(change);
                See(change.Tick, change.At);
                break;
            case ClockRecord clock:
                _clock = new ClockReading(clock.At, clock.Position, clock.Speed, clock.Paused);
                See(clock.Tick, clock.At);
                break;
            case HeartbeatRecord beat:
                _clock = _clock with { At = beat.At, Position = beat.Position };
                See(beat.Tick, beat.At);
                break;
            case CheckpointRecord checkpoint:
                // A year of heartbeats is much to keep, and what is before two checkpoints is hardly gone through again.
                if (_checkpoints is [.., var before]) _seen = [_seen[0], .. _seen.Skip(1).SkipWhile(reading => reading.Tick < before.Tick)];
                _checkpoints.Add(checkpoint);
                break;
        }
    }

    private void See(long tick, DateTimeOffset at)
    {
        _seen.Add(new TickReading(tick, at));
        _lastTick = Math.Max(_lastTick, tick);
    }
}
