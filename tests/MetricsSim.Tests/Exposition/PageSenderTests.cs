using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class PageSenderTests
{
    private const int GzipTrailer = 8;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(1, 20_000)]
    [InlineData(2, 20_000)]
    [InlineData(7, 20_000)]
    public async Task A_compressed_page_is_one_member_with_the_bytes_of_the_plain_one(int threads, int rows)
    {
        using var sender = new PageSender(threads);
        PagePart page = Page(rows);
        byte[] plain = await SentAsync(sender, page, gzip: false);
        byte[] zipped = await SentAsync(sender, page, gzip: true);

        Assert.Equal(rows > 1, plain.Length > 4 * PageSlice.Size);
        Assert.Equal(Encoded(page), plain);
        Assert.Equal(plain, Unzipped(zipped));
        Assert.True(zipped.Length < (plain.Length / 3) + 200);
        Assert.Equal(0, sender.Slices.InUse);

        // One member alone: some readers stop at the end of the first.
        Assert.Equal(plain.Length, BitConverter.ToInt32(zipped.AsSpan()[^4..]));
        zipped[^GzipTrailer] ^= 1;
        Assert.Throws<InvalidDataException>(() => Unzipped(zipped));
    }

    [Fact]
    public async Task A_line_may_be_longer_than_a_slice()
    {
        using var sender = new PageSender(2);
        PagePart page = Page(5, labelLength: 2 * PageSlice.Size);
        Assert.Equal(Encoded(page), Unzipped(await SentAsync(sender, page, gzip: true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_does_not_read_holds_a_few_slices_until_it_is_cut(bool gzip)
    {
        using var sender = new PageSender(2);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        using var stop = new CancellationTokenSource();
        Task sending = sender.SendAsync(new PageWriter([Page(20_000)]), pipe.Writer, gzip, stop.Token);
        Assert.False((await pipe.Reader.ReadAsync()).Buffer.IsEmpty);

        // As many as are compressed at once, and one.
        Assert.InRange(sender.Slices.InUse, gzip ? 1 : 0, gzip ? 3 : 0);
        Assert.False(sending.IsCompleted);

        // Others are served meanwhile, by the same threads.
        PagePart other = Page(20_000);
        Assert.Equal(Encoded(other), Unzipped(await SentAsync(sender, other, gzip: true)));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(RunningDaemon.Patience));
        Assert.Equal(0, sender.Slices.InUse);
    }

    [Fact]
    public async Task Ten_pages_at_once_are_each_whole()
    {
        using var sender = new PageSender(2);
        PagePart page = Page(20_000);
        byte[] expected = Encoded(page);
        byte[][] got = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            byte[] bytes = await SentAsync(sender, page, gzip: i % 3 > 0);
            return i % 3 > 0 ? Unzipped(bytes) : bytes;
        })));
        Assert.All(got, bytes => Assert.Equal(expected, bytes));
        Assert.Equal(0, sender.Slices.InUse);
    }

    private static PagePart Page(int rows, int labelLength = 30)
    {
        var axis = new FixedLabelRows([.. Enumerable.Range(0, rows).Select(IReadOnlyList<Label> (i) => [new("row", $"{i}"), new("text", new string((char)('a' + (i % 26)), labelLength))])]);
        var layout = new SeriesLayout([new() { Name = "events", Help = "", Type = MetricType.Counter, Rows = axis }]);
        var snapshot = new Snapshot(layout);
        for (int i = 0; i < rows; i++) snapshot.Columns[0][i] = i * 7919L * i;
        return new PagePart(new PageLayout(layout, ExpositionFormat.OpenMetrics100), snapshot);
    }

    private static byte[] Encoded(PagePart page)
    {
        var writer = new PageWriter([page]);
        using var all = new MemoryStream();
        byte[] buffer = new byte[writer.MinimumBuffer];
        bool more;
        do
        {
            more = writer.Fill(buffer, out int written);
            all.Write(buffer, 0, written);
        }
        while (more);
        return all.ToArray();
    }

    private static async Task<byte[]> SentAsync(PageSender sender, PagePart page, bool gzip)
    {
        var pipe = new Pipe();
        Task sending = sender.SendAsync(new PageWriter([page]), pipe.Writer, gzip, CancellationToken.None).ContinueWith(
            task => pipe.Writer.CompleteAsync(task.Exception).AsTask(), TaskScheduler.Default).Unwrap();
        using var all = new MemoryStream();
        await pipe.Reader.CopyToAsync(all).WaitAsync(RunningDaemon.Patience);
        await sending;
        return all.ToArray();
    }

    private static byte[] Unzipped(byte[] zipped)
    {
        using var unzip = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        using var all = new MemoryStream();
        unzip.CopyTo(all);
        return all.ToArray();
    }
}
