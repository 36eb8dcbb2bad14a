using MetricsSim.Hosting.Journal;
using MetricsSim.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Hosting.Journal;

public sealed class JournalFilesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Path => _folder.File("deep/journal");

    [Fact]
    public void The_lock_is_held_by_one_and_given_back()
    {
        using (DaemonJournal.Lock(Path, NullLogger.Instance))
        {
            string message = Assert.Throws<JournalFailedException>(() => DaemonJournal.Lock(Path, NullLogger.Instance)).Message;
            Assert.StartsWith($"the journal {Path} belongs to another daemon that runs", message);
            Assert.DoesNotContain('\n', message);
        }

        using DaemonJournal again = DaemonJournal.Lock(Path, NullLogger.Instance);
        Assert.Throws<BadJournalException>(again.Read);
    }

    [Fact]
    public void Three_journals_of_earlier_runs_are_kept()
    {
        for (int run = 1; run <= 5; run++)
        {
            using DaemonJournal journal = DaemonJournal.Lock(Path, NullLogger.Instance);
            journal.Begin([JournalSamples.Header with { Seed = (ulong)run }]);
        }

        Assert.Equal(
            ["journal", "journal.1", "journal.2", "journal.3", "journal.lock"],
            Directory.GetFiles(_folder.File("deep")).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([5ul, 4, 3, 2], new[] { "", ".1", ".2", ".3" }.Select(suffix => JournalSamples.Read(File.ReadAllBytes(Path + suffix)).Header.Seed));
    }

    [Fact]
    public void A_journal_is_read_back_and_gone_on_with_where_it_was_whole()
    {
        using (DaemonJournal journal = DaemonJournal.Lock(Path, NullLogger.Instance)) journal.Begin(JournalSamples.Records);
        File.AppendAllText(Path, "5bb0a1a0 00000058 {\"rec");

        using (DaemonJournal journal = DaemonJournal.Lock(Path, NullLogger.Instance))
        {
            JournalContents contents = journal.Read();
            Assert.Equal(23, contents.Damaged);
            journal.Continue(contents);
            journal.Append(new HeartbeatRecord(30, JournalSamples.Anchor, 30));
        }

        Assert.Equal(JournalSamples.Bytes([.. JournalSamples.Records, new HeartbeatRecord(30, JournalSamples.Anchor, 30)]), File.ReadAllBytes(Path));
    }

    [Fact]
    public void What_is_no_journal_is_not_put_aside()
    {
        _folder.Write("deep/journal", "something that took somebody a day to write\n");
        using (DaemonJournal journal = DaemonJournal.Lock(Path, NullLogger.Instance))
            Assert.Contains("is no journal", Assert.Throws<JournalFailedException>(() => journal.Begin([JournalSamples.Header])).Message);
        Assert.StartsWith("something", File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("deep/")]
    [InlineData("deep/file/journal")]
    public void A_place_that_cannot_be_written_is_said_in_a_line(string name)
    {
        _folder.Write("deep/file", "x");
        string message = Assert.Throws<JournalFailedException>(() => DaemonJournal.Lock(_folder.File(name), NullLogger.Instance)).Message;
        Assert.StartsWith($"can't write the journal {_folder.File(name)}: ", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_full_disk_is_said_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        File.CreateSymbolicLink(_folder.File("journal"), "/dev/full");
        using DaemonJournal journal = DaemonJournal.Lock(_folder.File("journal"), NullLogger.Instance);
        Assert.Contains("No space left on device", Assert.Throws<JournalFailedException>(() => journal.Begin([JournalSamples.Header])).Message);
    }

    [Fact]
    public void It_is_for_its_owner_only()
    {
        using (DaemonJournal journal = DaemonJournal.Lock(Path, NullLogger.Instance)) journal.Begin([JournalSamples.Header]);
        if (OperatingSystem.IsWindows()) Assert.Skip("needs Unix permissions");
        else Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void The_last_two_checkpoints_are_kept_and_damage_is_seen()
    {
        var files = new JournalFiles(Path);
        using IDisposable locked = files.Lock();
        var store = new CheckpointStore(files);
        CheckpointRecord[] records = [.. Enumerable.Range(1, 3).Select(i => store.Write(Sample(i)))];
        File.WriteAllText(files.Checkpoint(9, 9) + ".tmp", "cut short");

        store.Prune(records);

        Assert.Equal(records.Skip(1).Select(record => record.File), files.Checkpoints().Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Null(store.Read(records[0]));
        Checkpoint read = store.Read(records[2])!;
        Assert.Equal((3, 30), (read.Tick, read.Changes));
        Assert.Equal("state 3"u8.ToArray(), read.Sections[Checkpoint.World].ToArray());
        Assert.Equal(new byte[] { 0, 10 }, read.Sections["other"].ToArray());

        string file = files.Beside(records[1].File);
        byte[] bytes = File.ReadAllBytes(file);
        for (int at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.Null(store.Read(records[1]));
            bytes[at] ^= 1;
        }

        File.WriteAllBytes(file, bytes[..^1]);
        Assert.Null(store.Read(records[1]));
    }

    public void Dispose() => _folder.Dispose();

    private static Checkpoint Sample(int i) => new(i, 10 * i, new Dictionary<string, ReadOnlyMemory<byte>>
    {
        [Checkpoint.World] = System.Text.Encoding.ASCII.GetBytes($"state {i}"),
        ["other"] = new byte[] { 0, 10 },
    });
}
