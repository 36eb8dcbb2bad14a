using MetricsSim.Api;
using MetricsSim.Hosting;
using MetricsSim.Wire;
using Microsoft.Net.Http.Headers;

namespace MetricsSim.Exposition;

/// <summary><c>GET|HEAD /metrics</c>: the whole of the metrics port.</summary>
/// <param name="loop">Where snapshots come from.</param>
/// <param name="sender">Writes pages.</param>
/// <param name="metrics">Where scrapes are counted.</param>
/// <param name="time">Clock of durations and deadlines.</param>
internal sealed class MetricsEndpoint(SimulationLoop loop, PageSender sender, RuntimeMetrics metrics, TimeProvider time)
{
    private const string NoSnapshot = "No snapshot is available: the simulation is starting, stopping, or catching up after a resume.";
    private const string Down = "The exporter is down: a fault exporter_down is in force.";

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
            await UnavailableAsync(context, NoSnapshot);
        }
        else
        {
            NegotiatedFormat format = ContentNegotiation.Choose(request.Headers.Accept);
            bool gzip = ContentNegotiation.AcceptsGzip(request.Headers.AcceptEncoding);
            HttpResponse response = context.Response;
            response.ContentType = format.ContentType;
            response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
            if (gzip) response.Headers.ContentEncoding = "gzip";
            await ScrapeAsync(context, format, gzip, head);
        }
    }

    private async Task ScrapeAsync(HttpContext context, NegotiatedFormat format, bool gzip, bool head)
    {
        long started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(ScrapeDeadline.From(context.Request.Headers[ScrapeDeadline.Header]), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);

        // Text 0.0.4 has no end mark: only a broken connection tells the reader that the page isn't whole. It also frees a blocked write.
        await using CancellationTokenRegistration cut = deadline.Token.UnsafeRegister(static c => ((HttpContext)c!).Abort(), context);
        try
        {
            using SnapshotLease lease = head ? await loop.AcquireSnapshotAsync(stop.Token) : await AwaitPageAsync(stop.Token);
            if (lease.Snapshot.ExporterDown)
            {
                await UnavailableAsync(context, Down);
                return;
            }

            if (head) return;
            PageWriter page = lease.Pages.Begin(format, lease.Snapshot, metrics.Capture());
            await sender.SendAsync(page, context.Response.BodyWriter, gzip, stop.Token);
            metrics.RecordScrape(format.Format, time.GetElapsedTime(started));
        }
        catch (SimulationStoppedException)
        {
            await UnavailableAsync(context, NoSnapshot);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException || stop.IsCancellationRequested)
        {
            metrics.RecordFailedScrape(deadline.IsCancellationRequested ? ScrapeFailure.Timeout : ScrapeFailure.Disconnected);
            context.Abort();
        }
    }

    /// <summary>The snapshot of now, or, when the page is slow, the one there is when it begins.</summary>
    private async Task<SnapshotLease> AwaitPageAsync(CancellationToken stop)
    {
        SnapshotLease lease = await loop.AcquireSnapshotAsync(stop);
        TimeSpan delay = lease.Snapshot.Delay;
        if (lease.Snapshot.ExporterDown || delay <= TimeSpan.Zero) return lease;

        // Nobody holds a snapshot while it waits: slow pages would keep them from all others.
        lease.Dispose();
        TimeSpan longest = 2 * ScrapeDeadline.Longest;
        await Task.Delay(delay < longest ? delay : longest, time, stop);
        return await loop.AcquireSnapshotAsync(stop);
    }

    private Task UnavailableAsync(HttpContext context, string detail)
    {
        metrics.RecordFailedScrape(ScrapeFailure.Unavailable);
        context.Response.Headers.ContentEncoding = default;
        context.Response.Headers.RetryAfter = "1";
        return Problems.Unavailable(detail).ExecuteAsync(context);
    }
}
