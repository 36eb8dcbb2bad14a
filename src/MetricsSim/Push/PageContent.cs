using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using MetricsSim.Wire;

namespace MetricsSim.Push;

/// <summary>A page as the body of a request, written piece by piece.</summary>
internal sealed class PageContent : HttpContent
{
    private const int BufferSize = 64 * 1024;
    private readonly PageWriter _page;

    /// <summary>Prepares a body.</summary>
    /// <param name="page">A page at its begin.</param>
    /// <param name="format">Its format.</param>
    public PageContent(PageWriter page, ExpositionFormat format)
    {
        _page = page;
        Headers.ContentType = MediaTypeHeaderValue.Parse(ContentNegotiation.ContentType(format));
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BufferSize, _page.MinimumBuffer));
        try
        {
            bool more;
            do
            {
                more = _page.Fill(buffer, out int written);
                await stream.WriteAsync(buffer.AsMemory(0, written), cancellationToken);
            }
            while (more);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
