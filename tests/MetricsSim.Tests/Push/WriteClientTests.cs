using System.Net;
using System.Net.Sockets;
using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Push;
using MetricsSim.Tests.Configuration;
using MetricsSim.Wire.RemoteWrite;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Push;

/// <summary>One request to receivers that answer well, wrongly, slowly, with garbage, or point elsewhere.</summary>
public sealed class WriteClientTests
{
    private static readonly WriteRequest Request = new(0, 10, new byte[] { 0 }) { Histograms = 4, Exemplars = 6 };

    [Theory]
    [InlineData("basic_auth: { username: me, password: \"p:w\" }", "Authorization", "Basic bWU6cDp3")]
    [InlineData("basic_auth: { username: me }", "Authorization", "Basic bWU6")]
    [InlineData("bearer_token: t0", "Authorization", "Bearer t0")]
    [InlineData("tenant: blue", "X-Scope-OrgID", "blue")]
    [InlineData("headers: { X-A: \"1 2\" }", "X-A", "1 2")]
    public async Task The_configuration_says_who_sends(string keys, string header, string expected)
    {
        await using WriteReceiver receiver = await WriteReceiver.StartAsync();
        RemoteWriteOptions options = ConfigTestData.Good($"push: {{ remote_write: {{ enabled: true, {keys} }} }}").RemoteWrite!;
        Assert.Equal(SendOutcome.Sent, (await SendAsync(options with { Url = receiver.Url })).Outcome);
        Assert.Equal(expected, receiver.Received[0].Headers[header]);
    }

    [Theory]
    [InlineData(204, "10", "4", "6", SendOutcome.Sent, 10, 4, 6)]
    [InlineData(200, "10", "4", "5", SendOutcome.Sent, 10, 4, 5)]
    [InlineData(204, "10", "4", null, SendOutcome.Sent, 10, 4, 0)]
    [InlineData(204, "10", "3", "6", SendOutcome.Refused, 10, 3, 6)]
    [InlineData(204, "10", null, "6", SendOutcome.Refused, 10, 0, 6)]
    [InlineData(204, "9", "4", "6", SendOutcome.Refused, 9, 4, 6)]
    [InlineData(204, "-1", "many", "99", SendOutcome.Refused, 0, 0, 6)]
    [InlineData(204, null, null, null, SendOutcome.Refused, 0, 0, 0)]
    [InlineData(400, "9", "4", "6", SendOutcome.Refused, 9, 4, 6)]
    [InlineData(415, null, null, null, SendOutcome.Refused, 0, 0, 0)]
    [InlineData(500, "9", "4", "6", SendOutcome.Retry, 0, 0, 0)]
    [InlineData(429, "9", "4", "6", SendOutcome.Retry, 0, 0, 0)]
    internal async Task A_receiver_of_2_0_says_what_it_has_written(
        int status, string? samples, string? histograms, string? exemplars, SendOutcome outcome, int writtenSamples, int writtenHistograms, int writtenExemplars)
    {
        await using WriteReceiver receiver = await WriteReceiver.StartAsync((context, _) =>
        {
            Say(context, "Samples", samples);
            Say(context, "Histograms", histograms);
            Say(context, "Exemplars", exemplars);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        SendResult result = await SendAsync(new RemoteWriteOptions { Url = receiver.Url, Version = RemoteWriteVersion.V2 });
        Assert.Equal((outcome, new PushedCount(writtenSamples, writtenHistograms, writtenExemplars)), (result.Outcome, result.Written));
        Assert.Equal(status == 204 && samples is null, result.Reason.Contains("1.0 only", StringComparison.Ordinal));
        static void Say(HttpContext context, string what, string? number)
        {
            if (number is not null) context.Response.Headers[$"X-Prometheus-Remote-Write-{what}-Written"] = number;
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Nobody_else_gets_what_is_sent_whoever_it_is_pointed_to(int status)
    {
        await using WriteReceiver elsewhere = await WriteReceiver.StartAsync();
        await using WriteReceiver receiver = await WriteReceiver.StartAsync((context, _) =>
        {
            context.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return WriteReceiver.StatusAsync(context, status);
        });
        SendResult result = await SendAsync(new RemoteWriteOptions { Url = receiver.Url, Headers = [new("Authorization", "Bearer secret")] });
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Equal("Bearer secret", Assert.Single(receiver.Received).Headers["Authorization"]);
        Assert.Empty(elsewhere.Received);
    }

    [Theory]
    [InlineData("", SendOutcome.Retry)]
    [InlineData("what do you want?\r\n\r\n", SendOutcome.Retry)]
    [InlineData("HTTP/1.1 two hundred\r\n\r\n", SendOutcome.Retry)]
    [InlineData("HTTP/1.1 200 OK\r\nX: {long}\r\n\r\n", SendOutcome.Retry)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", SendOutcome.Retry)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all", SendOutcome.Sent)]
    [InlineData("HTTP/1.1 400 No\r\nContent-Length: 100\r\n\r\nnot all", SendOutcome.Refused)]
    [InlineData("HTTP/1.1 503 No\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n", SendOutcome.Retry)]
    internal async Task A_wrong_answer_is_none_and_its_status_counts(string answer, SendOutcome expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = AnswerAsync(listener, answer.Replace("{long}", new string('x', 100_000), StringComparison.Ordinal));
        SendResult result = await SendAsync(new RemoteWriteOptions { Url = new Uri($"http://{listener.LocalEndpoint}/") });
        Assert.Equal(expected, result.Outcome);
        Assert.Null(result.RetryAfter);
        Assert.DoesNotContain(result.Reason, c => char.IsControl(c));
        await serving;
    }

    [Theory]
    [InlineData(200, true, SendOutcome.Sent)]
    [InlineData(400, true, SendOutcome.Refused)]
    [InlineData(503, true, SendOutcome.Retry)]
    [InlineData(200, false, SendOutcome.Sent)]
    [InlineData(400, false, SendOutcome.Refused)]
    [InlineData(503, false, SendOutcome.Retry)]
    internal async Task An_answer_that_never_ends_is_not_read_to_its_end(int status, bool stalls, SendOutcome expected)
    {
        await using WriteReceiver receiver = await WriteReceiver.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = status;
            byte[] part = Encoding.ASCII.GetBytes(new string('x', stalls ? 10 : 65_536));
            try
            {
                do
                {
                    await context.Response.Body.WriteAsync(part, context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    if (stalls) await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                while (!context.RequestAborted.IsCancellationRequested);
            }
            catch (OperationCanceledException)
            {
                // The client has heard enough.
            }
        });
        // Its beginning must come within the time, on a busy machine too.
        SendResult result = await SendAsync(new RemoteWriteOptions { Url = receiver.Url, Timeout = TimeSpan.FromSeconds(stalls ? 5 : 30) });
        Assert.Equal(expected, result.Outcome);
        Assert.InRange(result.Reason.Length, 0, 600);
    }

    private static async Task<SendResult> SendAsync(RemoteWriteOptions options)
    {
        using var client = new WriteClient(options, TimeProvider.System);
        return await client.SendAsync(Request, TestContext.Current.CancellationToken);
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();
        var request = new StringBuilder();
        byte[] buffer = new byte[4096];

        // The body is one byte; a connection that is closed before it is read would be reset.
        while (request.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end && (end < 0 || request.Length < end + 5))
            request.Append(Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
