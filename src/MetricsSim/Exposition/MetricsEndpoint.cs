using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using MetricsSim.Api;
using MetricsSim.Hosting;
using MetricsSim.Wire;
using Microsoft.Net.Http.Headers;

namespace MetricsSim.Exposition;

/// <summary><c>GET|HEAD /metrics</c>: the whole of the metrics port.</summary>
/// <param name="loop">Where snapshots come from.</param>
/// <param name="pages">What turns them into bytes.</param>
/// <param name="metrics">Where scrapes are counted.</param>
/// <param name="time">Clock of durations and deadlines.</param>
internal sealed class MetricsEndpoint(SimulationLoop loop, PageSource pages, RuntimeMetrics metrics, TimeProvider time)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Answers any request of the metrics port.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the answer is with the network.</returns>
    public async Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool head = HttpMethods.IsHead(request.Method);
        if (request.Path != "/metrics")
        {
            await Problems.NotFound("This port serves /metrics only.").ExecuteAsync(context);
        }
        else if (!head && !HttpMethods.IsGet(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await Problems.MethodNotAllowed().ExecuteAsync(context);
        }
        else if (!loop.IsReady)
        {
            await UnavailableAsync(context);
        }
        else
        {
            ExpositionFormat format = ContentNegotiation.Choose(request.Headers.Accept);
            bool gzip = ContentNegotiation.AcceptsGzip(request.Headers.AcceptEncoding);
            HttpResponse response = context.Response;
            response.ContentType = ContentNegotiation.ContentType(format);
            response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
            if (gzip) response.Headers.ContentEncoding = "gzip";
            if (!head) await ScrapeAsync(context, format, gzip);
        }
    }

    private async Task ScrapeAsync(HttpContext context, ExpositionFormat format, bool gzip)
    {
        long started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(ScrapeDeadline.From(context.Request.Headers[ScrapeDeadline.Header]), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);

        // Text 0.0.4 has no end mark: only a broken connection tells the reader that the page isn't whole. It also frees a blocked write.
        await using CancellationTokenRegistration cut = deadline.Token.UnsafeRegister(static c => ((HttpContext)c!).Abort(), context);
        try
        {
            using SnapshotLease lease = await loop.AcquireSnapshotAsync(stop.Token);
            PageWriter page = pages.Begin(format, lease.Snapshot, metrics.Capture());
            if (gzip) await WriteCompressedAsync(context, page, stop.Token);
            else await WriteAsync(context, page, stop.Token);
            metrics.RecordScrape(format, time.GetElapsedTime(started));
        }
        catch (SimulationStoppedException)
        {
            context.Response.Headers.ContentEncoding = default;
            await UnavailableAsync(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException || stop.IsCancellationRequested)
        {
            metrics.RecordFailedScrape(deadline.IsCancellationRequested ? ScrapeFailure.Timeout : ScrapeFailure.Disconnected);
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, PageWriter page, CancellationToken stop)
    {
        PipeWriter output = context.Response.BodyWriter;
        bool more;
        do
        {
            more = Fill(page, output);
            await output.FlushAsync(stop);

            // A flush of a connection that is gone returns as if all were well.
            stop.ThrowIfCancellationRequested();
        }
        while (more);
    }

    private static bool Fill(PageWriter page, PipeWriter output)
    {
        bool more = page.Fill(output.GetSpan(Math.Max(BufferSize, page.MinimumBuffer)), out int written);
        output.Advance(written);
        return more;
    }

    private static async Task WriteCompressedAsync(HttpContext context, PageWriter page, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BufferSize, page.MinimumBuffer));
        try
        {
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
            bool more;
            do
            {
                more = page.Fill(buffer, out int written);
                await zip.WriteAsync(buffer.AsMemory(0, written), stop);
                stop.ThrowIfCancellationRequested();
            }
            while (more);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task UnavailableAsync(HttpContext context)
    {
        metrics.RecordFailedScrape(ScrapeFailure.Unavailable);
        context.Response.Headers.RetryAfter = "1";
        return Problems.Unavailable("No snapshot is available: the simulation is starting or stopping.").ExecuteAsync(context);
    }
}
