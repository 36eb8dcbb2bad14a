using MetricsSim.Hosting.Journal;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting.Journal;

public sealed class JournalWriterTests
{
    private readonly List<string?> _told = [];

    [Fact]
    public void What_is_committed_is_flushed_and_in_order()
    {
        var disk = new Disk();
        using var writer = new JournalWriter(disk, disk.Sync, _told.Add);

        writer.Append(Beat(1));
        writer.Commit([JournalSamples.Header, Beat(2)]);

        Assert.Equal(JournalSamples.Bytes([Beat(1), JournalSamples.Header, Beat(2)]), disk.Synced);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_comes_while_the_disk_is_busy_shares_a_flush()
    {
        var disk = new Disk { Gate = new SemaphoreSlim(0) };
        using var writer = new JournalWriter(disk, disk.Sync, _told.Add);
        Task first = Task.Run(() => writer.Commit([Beat(0)]), TestContext.Current.CancellationToken);
        await disk.Syncing.Task.WaitAsync(RunningDaemon.Patience, TestContext.Current.CancellationToken);
        for (int i = 1; i <= 50; i++) writer.Append(Beat(i));
        Task last = Task.Run(() => writer.Commit([Beat(51)]), TestContext.Current.CancellationToken);

        Assert.False(first.IsCompleted);
        disk.Gate.Release(1000);
        await Task.WhenAll(first, last).WaitAsync(RunningDaemon.Patience, TestContext.Current.CancellationToken);

        // One for the first, one for those that waited, and one if the last came too late for that.
        Assert.InRange(disk.Syncs, 2, 3);
        Assert.Equal(JournalSamples.Bytes(Enumerable.Range(0, 52).Select(i => Beat(i))), disk.Synced);
    }

    [Fact]
    public void A_full_disk_leaves_no_part_behind_and_is_told_once_until_there_is_room()
    {
        var disk = new Disk();
        using var writer = new JournalWriter(disk, disk.Sync, _told.Add);
        writer.Commit([JournalSamples.Header]);
        long header = disk.Length;
        disk.Room = header + 10;

        string message = Assert.Throws<JournalFailedException>(() => writer.Commit([Beat(1), Beat(2)])).Message;
        Assert.Throws<JournalFailedException>(() => writer.Commit([Beat(1)]));

        Assert.Equal("The journal can't be written: No space left on device", message);
        Assert.Equal("No space left on device", writer.Failure);
        Assert.Equal(header, disk.Length);
        Assert.Equal(["No space left on device"], _told);

        disk.Room = long.MaxValue;
        writer.Commit([Beat(3)]);
        Assert.Null(writer.Failure);
        Assert.Equal(["No space left on device", null], _told);
        Assert.Equal(JournalSamples.Bytes([JournalSamples.Header, Beat(3)]), disk.Synced);
    }

    [Fact]
    public void What_a_failed_flush_may_have_left_is_cut_before_more_is_written()
    {
        var disk = new Disk();
        using var writer = new JournalWriter(disk, disk.Sync, _told.Add);
        writer.Commit([JournalSamples.Header]);

        (disk.SyncFails, disk.CutFails) = (true, true);
        Assert.Throws<JournalFailedException>(() => writer.Commit([Beat(1)]));
        Assert.NotEqual(JournalFrame.Encode(JournalSamples.Header).Length, disk.Length);
        disk.SyncFails = false;
        Assert.Throws<JournalFailedException>(() => writer.Commit([Beat(2)]));
        disk.CutFails = false;
        writer.Commit([Beat(3)]);

        Assert.Equal(JournalSamples.Bytes([JournalSamples.Header, Beat(3)]), disk.Synced);
    }

    [Fact]
    public void Closed_it_has_written_what_waited_and_takes_no_more()
    {
        var disk = new Disk();
        var writer = new JournalWriter(disk, disk.Sync, _told.Add);
        for (int i = 0; i < 10; i++) writer.Append(Beat(i));
        writer.Dispose();

        Assert.Equal(JournalSamples.Bytes(Enumerable.Range(0, 10).Select(i => Beat(i))), disk.Synced);
        Assert.Throws<JournalFailedException>(() => writer.Commit([Beat(11)]));
    }

    private static HeartbeatRecord Beat(long tick) => new(tick, JournalSamples.Anchor, tick);

    /// <summary>A disk that can be full, busy or broken.</summary>
    private sealed class Disk : MemoryStream
    {
        public long Room { get; set; } = long.MaxValue;

        public bool SyncFails { get; set; }

        public bool CutFails { get; set; }

        public SemaphoreSlim? Gate { get; init; }

        public TaskCompletionSource Syncing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[] Synced { get; private set; } = [];

        public int Syncs { get; private set; }

        public void Sync()
        {
            Syncing.TrySetResult();
            Gate?.Wait(RunningDaemon.Patience);
            if (SyncFails) throw new IOException("Input/output error");
            Syncs++;
            Synced = ToArray();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            // As much as there is room for gets there.
            int written = (int)Math.Min(count, Room - Position);
            base.Write(buffer, offset, written);
            if (written < count) throw new IOException("No space left on device");
        }

        public override void SetLength(long value)
        {
            if (CutFails) throw new IOException("Input/output error");
            base.SetLength(value);
        }
    }
}
