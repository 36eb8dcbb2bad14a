using System.Net;
using System.Text.Json;
using Xunit;

namespace MetricsSim.Tests.Support;

/// <summary>Follows a daemon's events.</summary>
internal sealed class EventReader(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    public static async Task<EventReader> FollowAsync(HttpClient client)
    {
        HttpResponseMessage response = await client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        var reader = new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal(": following", await reader.LineAsync());
        return reader;
    }

    public async Task<string?> LineAsync()
    {
        while (true)
        {
            string? line = await lines.ReadLineAsync().WaitAsync(RunningDaemon.Patience);
            if (line is not "") return line;
        }
    }

    public async Task<JsonElement> NextAsync(string name)
    {
        Assert.Equal($"event: {name}", await TellingLineAsync());
        string data = await LineAsync() ?? "";
        Assert.StartsWith("data: ", data, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(data["data: ".Length..]);
        return document.RootElement.Clone();
    }

    /// <summary>Skips what comes before an event.</summary>
    public async Task<JsonElement> UntilAsync(string name)
    {
        while (await TellingLineAsync() is { } line)
        {
            string data = await LineAsync() ?? "";
            if (line != $"event: {name}") continue;
            using JsonDocument document = JsonDocument.Parse(data["data: ".Length..]);
            return document.RootElement.Clone();
        }

        throw new InvalidOperationException($"The stream ended without {name}.");
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }

    private async Task<string?> TellingLineAsync()
    {
        string? line;
        do line = await LineAsync();
        while (line == ": heartbeat");
        return line;
    }
}
