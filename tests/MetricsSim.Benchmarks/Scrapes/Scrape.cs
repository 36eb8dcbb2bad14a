using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;

namespace MetricsSim.Benchmarks.Scrapes;

/// <summary>One scrape, by a reader that does as little as one can.</summary>
/// <param name="FirstByte">Until the first bytes were there.</param>
/// <param name="Whole">Until the last byte.</param>
/// <param name="Bytes">Bytes of the answer, headers included.</param>
internal readonly record struct Scrape(TimeSpan FirstByte, TimeSpan Whole, long Bytes)
{
    /// <summary>Scrapes over a connection of its own and forgets what comes.</summary>
    /// <param name="url">The page.</param>
    /// <param name="gzip">Whether to ask for gzip; it isn't unpacked.</param>
    public static async Task<Scrape> OfAsync(Uri url, bool gzip)
    {
        var watch = Stopwatch.StartNew();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port);
        var accept = gzip ? "Accept-Encoding: gzip\r\n" : "";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n{accept}Connection: close\r\n\r\n"));
        var buffer = GC.AllocateUninitializedArray<byte>(1 << 20);
        var (first, bytes) = (TimeSpan.Zero, 0L);
        while (await socket.ReceiveAsync(buffer) is > 0 and var got)
        {
            if (bytes == 0) first = watch.Elapsed;
            bytes += got;
        }

        return new Scrape(first, watch.Elapsed, bytes);
    }

    /// <summary>Bytes and lines of a page, unpacked if it is packed.</summary>
    /// <param name="url">The page.</param>
    /// <param name="gzip">Whether to ask for gzip.</param>
    public static async Task<(long Bytes, long Lines)> SizeAsync(Uri url, bool gzip)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (gzip) request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{url} answered {response.StatusCode}.");
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var page = response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
        var buffer = new byte[1 << 20];
        var (bytes, lines) = (0L, 0L);
        while (await page.ReadAsync(buffer) is > 0 and var got)
        {
            bytes += got;
            lines += buffer.AsSpan(0, got).Count((byte)'\n');
        }

        return (bytes, lines);
    }
}
