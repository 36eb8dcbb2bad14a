using System.Text;
using MetricsSim.Core.Checkpoints;
using MetricsSim.Hosting.Journal;
using Xunit;

namespace MetricsSim.Tests.Hosting.Journal;

public sealed class JournalFormatTests
{
    private static readonly byte[] Whole = JournalSamples.Bytes(JournalSamples.Records);

    [Fact]
    public void Every_command_there_is_has_a_sample() =>
        Assert.Equal(
            JournalJson.Commands.Select(type => type.Name).Order(StringComparer.Ordinal),
            JournalSamples.Commands.Select(command => command.GetType().Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void A_record_read_and_written_again_has_the_same_bytes_and_type()
    {
        foreach (JournalRecord record in JournalSamples.Records)
        {
            byte[] bytes = JournalFrame.Encode(record);
            (JournalRecord? read, long length) = JournalFrame.Decode(new MemoryStream(bytes), 0);
            Assert.Equal(bytes.Length, length);
            Assert.Equal(record.GetType(), read!.GetType());
            Assert.Equal(bytes, JournalFrame.Encode(read));
            Assert.Equal((record as CommandRecord)?.Command.GetType(), (read as CommandRecord)?.Command.GetType());
        }
    }

    [Fact]
    public void A_record_is_a_line_that_a_person_can_read()
    {
        string line = Encoding.UTF8.GetString(JournalFrame.Encode(new HeartbeatRecord(3, JournalSamples.Anchor, 3.5)));
        Assert.Equal("4b369021 00000053 {\"record\":\"heartbeat\",\"tick\":3,\"at\":\"2026-01-05T12:00:00.123+02:00\",\"position\":3.5}\n", line);
    }

    [Fact]
    public void The_checksum_is_crc_32c() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public void The_checksum_goes_on_over_pieces() => Assert.Equal(Crc32C.Of("a longer text in pieces"u8), Crc32C.Of(" in pieces"u8, Crc32C.Of("a longer text"u8)));

    [Fact]
    public void A_whole_journal_says_what_was_written()
    {
        JournalContents contents = JournalSamples.Read(Whole);
        Assert.Equal(JournalSamples.Records.Count, contents.Records);
        Assert.Equal(JournalSamples.Commands.Count + 1, contents.Changes.Count);
        Assert.Equal(JournalSamples.Commands[4], Assert.IsType<CommandRecord>(contents.Changes[4]).Command);
        Assert.Equal(JournalSamples.Header.Start, contents.Header.Start);
        Assert.Equal(22, contents.LastTick);
        Assert.Equal(new ClockReading(JournalSamples.Anchor.AddSeconds(22), 22.5, 2, Paused: true), contents.Clock);
        Assert.Equal(uint.MaxValue, Assert.Single(contents.Checkpoints).Checksum);
        Assert.Equal(Whole.Length, contents.Length);
        Assert.Equal(0, contents.Damaged);
    }

    [Fact]
    public void Cut_at_any_byte_it_has_the_records_that_are_whole()
    {
        int[] ends = Ends();
        for (int length = 0; length < Whole.Length; length++)
        {
            int whole = ends.Count(end => end <= length);
            byte[] cut = Whole[..length];
            if (whole == 0)
            {
                Assert.Contains("no whole header", Assert.Throws<BadJournalException>(() => JournalSamples.Read(cut)).Message);
                continue;
            }

            JournalContents contents = JournalSamples.Read(cut);
            Assert.Equal(whole, contents.Records);
            Assert.Equal(ends[whole - 1], contents.Length);
            Assert.Equal(length - ends[whole - 1], contents.Damaged);
        }
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0xff)]
    public void A_flipped_byte_in_the_last_record_cuts_it_and_before_that_names_the_record(byte mask)
    {
        int[] ends = Ends();
        int tail = ends[^2];
        for (int at = 0; at < Whole.Length; at++)
        {
            byte[] flipped = [.. Whole];
            flipped[at] ^= mask;
            if (at >= tail)
            {
                JournalContents contents = JournalSamples.Read(flipped);
                Assert.Equal(ends.Length - 1, contents.Records);
                Assert.Equal(Whole.Length - tail, contents.Damaged);
                continue;
            }

            int record = ends.Count(end => end <= at);
            int begin = record == 0 ? 0 : ends[record - 1];
            Assert.Equal(
                $"j: record {record + 1} at byte {begin} is damaged, and good records follow it from byte {ends[record]}: it can't be resumed from",
                Assert.Throws<BadJournalException>(() => JournalSamples.Read(flipped)).Message);
        }
    }

    [Fact]
    public void A_file_of_something_else_is_no_journal()
    {
        Assert.Throws<BadJournalException>(() => JournalSamples.Read("users: { total: 5 }\n"u8.ToArray()));
        Assert.Throws<BadJournalException>(() => JournalSamples.Read([]));
        Assert.Contains("out of place", Assert.Throws<BadJournalException>(() => JournalSamples.Read(JournalSamples.Bytes(JournalSamples.Records.Skip(1)))).Message);
        Assert.Contains(
            "record 2", Assert.Throws<BadJournalException>(() => JournalSamples.Read(JournalSamples.Bytes([JournalSamples.Header, JournalSamples.Header]))).Message);
    }

    private static int[] Ends()
    {
        int end = 0;
        return [.. JournalSamples.Records.Select(record => end += JournalFrame.Encode(record).Length)];
    }
}
