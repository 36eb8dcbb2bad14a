using System.Net;
using System.Threading.Channels;
using MetricsSim.Exposition;

namespace MetricsSim.Push.Otlp;

/// <summary>
/// Where the exporters' requests go: they are taken at once and wait here until they are sent, since the exporter itself drops what its
/// receiver does not take. When too many bytes wait the oldest requests are dropped.
/// </summary>
/// <param name="capacity">Most bytes that wait.</param>
/// <param name="metrics">Where requests are counted.</param>
/// <param name="health">Told when requests are dropped.</param>
internal sealed class OtlpOutbox(long capacity, RuntimeMetrics metrics, PushHealth health)
{
    private readonly Channel<OtlpRequest> _requests = Channel.CreateUnbounded<OtlpRequest>();
    private TaskCompletionSource _eventsCame = new();
    private int _events;
    private long _bytes;

    /// <summary>Whether requests are thrown away: an exporter that ends makes a last one of what has been sent before.</summary>
    public bool Ignores { get; set; }

    /// <summary>A client for an exporter.</summary>
    /// <param name="signal">What it exports.</param>
    public HttpClient Client(OtlpSignal signal) => new(new Handler(this, signal));

    /// <summary>Says that a request of events comes next, from a thread of the exporter's.</summary>
    /// <param name="events">How many are in it.</param>
    /// <returns>A task that ends when it is here; never, if the exporter fails.</returns>
    public Task Expect(int events)
    {
        (_events, _eventsCame) = (events, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _eventsCame.Task;
    }

    /// <summary>Says that no more will come.</summary>
    public void Complete() => _requests.Writer.TryComplete();

    /// <summary>The requests, one after the other, until it is complete and empty.</summary>
    public async IAsyncEnumerable<OtlpRequest> ReadAllAsync()
    {
        while (await _requests.Reader.WaitToReadAsync())
        {
            while (_requests.Reader.TryRead(out OtlpRequest? request))
            {
                Interlocked.Add(ref _bytes, -request.Body.Length);
                yield return request;
            }
        }
    }

    private void Add(OtlpRequest request)
    {
        metrics.RecordOtlpQueued(request.Body.Length);
        if (!_requests.Writer.TryWrite(request))
        {
            Drop(request);
            return;
        }

        if (Interlocked.Add(ref _bytes, request.Body.Length) <= capacity) return;
        while (Volatile.Read(ref _bytes) > capacity && _requests.Reader.TryRead(out OtlpRequest? oldest))
        {
            Interlocked.Add(ref _bytes, -oldest.Body.Length);
            Drop(oldest);
            health.TellDropped();
        }
    }

    private void Drop(OtlpRequest request) => metrics.RecordOtlp(request.Signal, PushOutcome.Dropped, request.Body.Length, request.Events);

    /// <summary>Takes an exporter's requests, and answers as a receiver that takes all.</summary>
    private sealed class Handler(OtlpOutbox outbox, OtlpSignal signal) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!outbox.Ignores) outbox.Add(Kept(request, cancellationToken));
            if (signal == OtlpSignal.Logs) outbox._eventsCame.TrySetResult();
            var response = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent([]) };
            if (request.Version == HttpVersion.Version20) response.TrailingHeaders.Add(OtlpClient.GrpcStatus, "0");
            return response;
        }

        private OtlpRequest Kept(HttpRequestMessage request, CancellationToken cancellation)
        {
            // The exporter uses its buffer again. It says how much there is, unless it compresses: megabytes that grow leave twice as much behind.
            long? length = request.Content!.Headers.ContentLength;
            using var body = new MemoryStream((int)(length ?? 0));
            request.Content.CopyTo(body, null, cancellation);
            return new OtlpRequest(
                signal, request.RequestUri!, request.Version, [.. request.Headers], [.. request.Content.Headers], body.Length == length ? body.GetBuffer() : body.ToArray(),
                signal == OtlpSignal.Logs ? outbox._events : 0);
        }
    }
}
