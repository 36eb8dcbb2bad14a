using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using MetricsSim.Wire;

namespace MetricsSim.Exposition;

/// <summary>
/// Writes pages to connections, at the speed of whoever reads. A plain page is encoded straight into the connection's buffer, while what was
/// encoded before is sent. A compressed one is cut into slices, a few of them ahead of what is written, which threads compress at once.
/// </summary>
internal sealed class PageSender : IDisposable
{
    // An empty last block: the slices before it end in blocks that aren't the last.
    private static readonly byte[] LastBlock = [0x03, 0x00];

    private readonly SemaphoreSlim _compressors;
    private readonly int _slicesAhead;

    /// <summary>Prepares for any number of pages at once.</summary>
    /// <param name="threads">How many threads compress, for all pages together; 0 is one per processor.</param>
    public PageSender(int threads)
    {
        if (threads == 0) threads = Environment.ProcessorCount;
        _compressors = new SemaphoreSlim(threads);

        // While each thread has one, the next is filled and the last one written.
        _slicesAhead = threads + 1;
        Slices = new SlicePool(keptIdle: _slicesAhead);
    }

    /// <summary>Where slices come from.</summary>
    public SlicePool Slices { get; }

    /// <summary>Writes a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="output">Where to.</param>
    /// <param name="gzip">Whether to compress it.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>A task that ends when the page is with the network.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public Task SendAsync(PageWriter page, PipeWriter output, bool gzip, CancellationToken stop) =>
        gzip ? SendCompressedAsync(page, output, stop) : SendPlainAsync(page, output, stop);

    /// <inheritdoc />
    public void Dispose() => _compressors.Dispose();

    private static async Task SendPlainAsync(PageWriter page, PipeWriter output, CancellationToken stop)
    {
        bool more;
        do
        {
            more = Fill(page, output);
            await FlushAsync(output, stop);
        }
        while (more);
    }

    private static bool Fill(PageWriter page, PipeWriter output)
    {
        bool more = page.Fill(output.GetSpan(Math.Max(PageSlice.Size, page.MinimumBuffer)), out int written);
        output.Advance(written);
        return more;
    }

    private async Task SendCompressedAsync(PageWriter page, PipeWriter output, CancellationToken stop)
    {
        var ahead = new Queue<(PageSlice Slice, Task Compressed)>(_slicesAhead);
        try
        {
            bool more = Begin(page, ahead);
            bool single = !more;
            (uint crc, long length) = (0, 0);
            while (ahead.TryPeek(out (PageSlice Slice, Task Compressed) next))
            {
                while (more && ahead.Count < _slicesAhead) more = Begin(page, ahead);
                await next.Compressed;
                PageSlice slice = next.Slice;
                output.Write((single ? slice.Whole : length == 0 ? slice.First : slice.Next).Span);
                crc = Crc32.Combine(crc, slice.Crc, slice.Length);
                length += slice.Length;
                Slices.Return(ahead.Dequeue().Slice);
                await FlushAsync(output, stop);
            }

            if (single) return;
            WriteEnd(output, crc, length);
            await FlushAsync(output, stop);
        }
        finally
        {
            foreach ((PageSlice slice, Task compressed) in ahead)
            {
                // Nobody takes a slice away from the thread that compresses it.
                await compressed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Slices.Return(slice);
            }
        }
    }

    /// <summary>Takes the next slice of a page, and has it compressed.</summary>
    private bool Begin(PageWriter page, Queue<(PageSlice Slice, Task Compressed)> ahead)
    {
        PageSlice slice = Slices.Rent();
        bool more = slice.Fill(page);
        if (slice.Length > 0) ahead.Enqueue((slice, Task.Run(() => CompressAsync(slice), CancellationToken.None)));
        else Slices.Return(slice);
        return more;
    }

    private async Task CompressAsync(PageSlice slice)
    {
        await _compressors.WaitAsync();
        try
        {
            slice.Compress();
        }
        finally
        {
            _compressors.Release();
        }
    }

    private static void WriteEnd(PipeWriter output, uint crc, long length)
    {
        Span<byte> end = output.GetSpan(LastBlock.Length + (2 * sizeof(uint)));
        LastBlock.CopyTo(end);
        BinaryPrimitives.WriteUInt32LittleEndian(end[LastBlock.Length..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(end[(LastBlock.Length + sizeof(uint))..], (uint)length);
        output.Advance(LastBlock.Length + (2 * sizeof(uint)));
    }

    private static async ValueTask FlushAsync(PipeWriter output, CancellationToken stop)
    {
        await output.FlushAsync(stop);

        // A flush of a connection that is gone returns as if all were well.
        stop.ThrowIfCancellationRequested();
    }
}
