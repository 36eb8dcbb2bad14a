using System.Net;
using MetricsSim.Prometheus;
using MetricsSim.Wire;
using MetricsSim.Wire.Reading;
using Microsoft.AspNetCore.WebUtilities;

namespace MetricsSim.Learning;

/// <summary>Reads pages from where they are, and says what is wrong with them in a line.</summary>
/// <param name="location">Where the page is.</param>
/// <param name="input">Standard input.</param>
/// <param name="limits">How much is read at most.</param>
internal sealed class PageFetch(PageLocation location, Stream input, PageLimits limits) : IDisposable
{
    private const string Accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Without a byte for this long nothing more is expected of a server.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AutomaticDecompression = DecompressionMethods.GZip })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>When what the page says was so: now, or for a file when it was written.</summary>
    /// <param name="now">The present.</param>
    public DateTimeOffset TimeOf(DateTimeOffset now) => location.File is { } file && File.Exists(file) ? new(File.GetLastWriteTimeUtc(file)) : now;

    /// <summary>Reads the page.</summary>
    /// <param name="visitor">Takes the samples.</param>
    /// <param name="progress">Told the reader now and then.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The reader, at the page's end.</returns>
    /// <exception cref="LearnException">The page can't be had, or is none.</exception>
    public async Task<PageReader> ReadAsync(IPageVisitor visitor, Action<PageReader> progress, CancellationToken stop)
    {
        try
        {
            if (location.Url is { } url) return await ReadAsync(url, visitor, progress, stop);
            await using var file = location.File is { } path ? File.OpenRead(path) : null;
            return await ReadAsync(file ?? input, null, visitor, progress, stop);
        }
        catch (PageException e)
        {
            throw new LearnException(ExitCodes.BadInput, $"{location.Shown}: {e.Message}{Hint(e)}");
        }
        catch (HttpRequestException e)
        {
            throw new LearnException(ExitCodes.MissingDependency, $"can't read {location.Shown}: {PrometheusStatus.Reason(e)}");
        }
        catch (UriFormatException)
        {
            // The handler lets this through when it follows an answer to somewhere else.
            throw new LearnException(ExitCodes.MissingDependency, $"{location.Shown} redirects to what is not an http or https URL");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LearnException(location.Url is null ? ExitCodes.BadInput : ExitCodes.MissingDependency, $"can't read {location.Shown}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private async Task<PageReader> ReadAsync(Uri url, IPageVisitor visitor, Action<PageReader> progress, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", Accept);
            request.Headers.Authorization = location.Authorization;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new LearnException(ExitCodes.MissingDependency, $"{location.Shown} answers {(int)response.StatusCode} {ReasonPhrases.GetReasonPhrase((int)response.StatusCode)}".TrimEnd());
            await using var body = await response.Content.ReadAsStreamAsync(late.Token);
            return await ReadAsync(body, FormatOf(response.Content.Headers.ContentType?.MediaType), visitor, Extend, late.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LearnException(ExitCodes.MissingDependency, $"{location.Shown} sends nothing for {Patience.TotalSeconds} s");
        }

        void Extend(PageReader reader)
        {
            late.CancelAfter(Patience);
            progress(reader);
        }
    }

    private async Task<PageReader> ReadAsync(Stream stream, ExpositionFormat? format, IPageVisitor visitor, Action<PageReader> progress, CancellationToken stop)
    {
        var reader = new PageReader(visitor, limits, format);
        await reader.ReadAsync(stream, _ => progress(reader), stop);
        return reader;
    }

    private ExpositionFormat? FormatOf(string? mediaType) => mediaType switch
    {
        "application/openmetrics-text" => ExpositionFormat.OpenMetrics100,
        "text/plain" => ExpositionFormat.Text004,
        null => null,
        "text/html" or "application/json" or "application/vnd.google.protobuf" =>
            throw new LearnException(ExitCodes.BadInput, $"{location.Shown} is {mediaType}, not a metrics page: text/plain or application/openmetrics-text is"),
        _ => null,
    };

    private static string Hint(PageException e) => (e as PageLimitException)?.Limit switch
    {
        PageLimit.Bytes => "; --max-bytes allows more",
        PageLimit.Families => "; --max-families allows more",
        _ => "",
    };
}
