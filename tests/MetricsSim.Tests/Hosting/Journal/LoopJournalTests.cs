using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting.Journal;

public sealed class LoopJournalTests
{
    [Fact]
    public async Task Changes_are_noted_with_their_tick_before_they_take_effect()
    {
        var journal = new MemoryJournal();
        await using TestLoop test = await new TestLoop(journal: journal).StartAsync();
        journal.OnCommit = () => Assert.Equal(1, test.World.Status().ManualLoad);
        test.Clock.Advance(TimeSpan.FromSeconds(3));
        await test.Loop.UntilAsync(status => status.Tick >= 3);

        await test.Loop.SendAsync(new SetLoad(2));

        CommandRecord record = Assert.IsType<CommandRecord>(Assert.Single(journal.Committed));
        Assert.Equal((3, new SetLoad(2), test.Clock.GetUtcNow()), (record.Tick, record.Command, record.At));
        Assert.Equal(2, test.Loop.Status.ManualLoad);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_refused_and_changes_nothing()
    {
        var journal = new MemoryJournal { Fails = true };
        await using TestLoop test = await new TestLoop(journal: journal).StartAsync();

        await Assert.ThrowsAsync<JournalFailedException>(() => test.Loop.SendAsync(new SetLoad(2)));
        await Assert.ThrowsAsync<JournalFailedException>(() => test.Loop.SetClockAsync(5, null));
        (await test.Loop.AcquireSnapshotAsync(CancellationToken.None)).Dispose();
        Assert.Equal((1.0, new ClockState(1, false)), (test.World.Status().ManualLoad, test.Loop.Clock));
        Assert.Equal("full", test.Loop.JournalFailure);

        journal.Fails = false;
        await test.Loop.SendAsync(new SetLoad(3));
        Assert.Equal((3.0, null), (test.Loop.Status.ManualLoad, test.Loop.JournalFailure));
    }

    [Fact]
    public async Task A_change_of_the_clock_is_noted_with_what_it_shows_and_one_that_is_none_is_not()
    {
        var journal = new MemoryJournal();
        await using TestLoop test = await new TestLoop(journal: journal).StartAsync();
        test.Clock.Advance(TimeSpan.FromMilliseconds(2250));
        await test.Loop.UntilAsync(status => status.Tick >= 2);

        await test.Loop.SetClockAsync(4, null);
        await test.Loop.SetClockAsync(4, false);
        await test.Loop.SetClockAsync(null, true);

        DateTimeOffset now = test.Clock.GetUtcNow();
        Assert.Equal([new ClockRecord(2, now, 2.25, 4, false), new ClockRecord(2, now, 2.25, 4, true)], journal.Committed);
    }

    [Fact]
    public async Task There_is_a_sign_of_life_each_second_and_a_checkpoint_every_five_minutes_and_at_the_end()
    {
        var journal = new MemoryJournal();
        await using TestLoop test = await new TestLoop(journal: journal).StartAsync();
        await test.Loop.SendAsync(new AddFault(new FaultSpec { Type = FaultType.TotalOutage }, null));
        for (int second = 1; second <= 601; second++)
        {
            test.Clock.Advance(TimeSpan.FromSeconds(1));
            await test.Loop.UntilAsync(status => status.Tick >= second);
            await test.SettledTickAsync();
        }

        await test.StopAsync();

        HeartbeatRecord[] beats = [.. journal.Appended.Cast<HeartbeatRecord>()];
        Assert.Equal(603, beats.Length);
        Assert.Equal(Enumerable.Range(0, 602).Append(601).Select(second => (double)second), beats.Select(beat => beat.Position));
        Assert.Equal(3, journal.Saved.Count);
        Assert.All(journal.Saved, checkpoint => Assert.Equal(1, checkpoint.Changes));
        Assert.InRange(journal.Saved[0].Tick, 299, 301);
        Assert.Equal(601, journal.Saved[^1].Tick);
    }

    /// <summary>A journal without a disk.</summary>
    private sealed class MemoryJournal : IJournal
    {
        public bool Fails { get; set; }

        public Action OnCommit { get; set; } = () => { };

        public List<JournalRecord> Committed { get; } = [];

        public List<JournalRecord> Appended { get; } = [];

        public List<Checkpoint> Saved { get; } = [];

        public string? Failure => Fails ? "full" : null;

        public void Append(JournalRecord record) => Appended.Add(record);

        public void Commit(IEnumerable<JournalRecord> records)
        {
            OnCommit();
            if (Fails) throw new JournalFailedException("full");
            Committed.AddRange(records);
        }

        public void Save(Checkpoint checkpoint) => Saved.Add(checkpoint);

        public void Unsaved(long tick, string reason) => throw new InvalidOperationException(reason);
    }
}
