using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Push;

/// <summary>Sends requests of remote write. Of an answer only a line is read.</summary>
internal sealed class WriteClient : IDisposable
{
    private const int MostRead = 512;
    private const string WrittenPrefix = "X-Prometheus-Remote-Write-", WrittenSuffix = "-Written";
    private readonly RemoteWriteOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>Prepares to send; nothing is connected yet.</summary>
    /// <param name="options">Where to, and how.</param>
    /// <param name="time">The clock of timeouts.</param>
    /// <exception cref="Hosting.BadOptionException">A certificate can't be read.</exception>
    public WriteClient(RemoteWriteOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = PushHttp.Client(PushCertificates.Load("push.remote_write.tls", options.CaFile, options.CertFile, options.KeyFile), options.Shards);
    }

    private bool IsV2 => _options.Version == RemoteWriteVersion.V2;

    /// <summary>Tries once.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<SendResult> SendAsync(WriteRequest request, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using HttpRequestMessage message = Message(request);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return await JudgeAsync(request, response, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return PushHttp.NoAnswer(_options.Timeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return PushHttp.Failed(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Message(WriteRequest request)
    {
        var content = new ReadOnlyMemoryContent(request.Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(IsV2 ? "application/x-protobuf;proto=io.prometheus.write.v2.Request" : "application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        var message = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = content };
        message.Headers.Add("X-Prometheus-Remote-Write-Version", IsV2 ? "2.0.0" : "0.1.0");
        message.Headers.TryAddWithoutValidation("User-Agent", $"metricssim/{BuildVersion.Text}");
        foreach ((string name, string value) in _options.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private async Task<SendResult> JudgeAsync(WriteRequest request, HttpResponseMessage response, CancellationToken stop)
    {
        var all = PushedCount.Of(request);
        PushedCount written = IsV2 ? WrittenOf(response, all) : response.IsSuccessStatusCode ? all : default;
        if (response.IsSuccessStatusCode)
        {
            // A receiver without storage for exemplars is none that refuses samples.
            return written.Points == all.Points
                ? new SendResult(SendOutcome.Sent, Written: written)
                : new SendResult(SendOutcome.Refused, $"{(int)response.StatusCode}, but {Shortfall(response, all, written)}", Written: written);
        }

        bool retry = (int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.TooManyRequests;
        string reason = $"{(int)response.StatusCode} {await ReadAsync(response, stop)}".TrimEnd();
        return retry
            ? new SendResult(SendOutcome.Retry, reason, PushHttp.RetryAfter(response, _time))
            : new SendResult(SendOutcome.Refused, reason, Written: written);
    }

    /// <summary>What the headers of 2.0 say was written; what they don't name was not.</summary>
    private static PushedCount WrittenOf(HttpResponseMessage response, PushedCount most) =>
        new(WrittenOf(response, "Samples", most.Samples), WrittenOf(response, "Histograms", most.Histograms), WrittenOf(response, "Exemplars", most.Exemplars));

    private static int WrittenOf(HttpResponseMessage response, string what, int most) =>
        response.Headers.TryGetValues($"{WrittenPrefix}{what}{WrittenSuffix}", out IEnumerable<string>? values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int written)
            ? Math.Min(written, most)
            : 0;

    /// <summary>A receiver that knows 1.0 only may answer 2xx to what it could not read, and doesn't say what it has written.</summary>
    private static string Shortfall(HttpResponseMessage response, PushedCount all, PushedCount written) =>
        response.Headers.Any(header => header.Key.StartsWith(WrittenPrefix, StringComparison.OrdinalIgnoreCase))
            ? $"{written.Samples} of {all.Samples} samples and {written.Histograms} of {all.Histograms} native histograms were written"
            : "it does not say what was written; it may know version 1.0 only";

    /// <summary>The first line of an answer; an answer that breaks off or comes too slowly says nothing, and its status counts all the same.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(stop);
            byte[] buffer = new byte[MostRead];
            int read = await body.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, stop);
            return PushHttp.OneLine(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return "";
        }
    }
}
