using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using MetricsSim.Tests.Push.Otlp.Schema;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>Reads what a receiver of OTLP got, and answers as one: by the specification of the protocol, with a decoder from its schema.</summary>
internal static class OtlpReader
{
    private const string MetricsCall = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string LogsCall = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    /// <summary>The requests with metrics.</summary>
    public static List<ExportMetricsServiceRequest> Metrics(this IEnumerable<ReceivedWrite> received) =>
        [.. received.Where(write => write.Path.EndsWith("/v1/metrics", StringComparison.Ordinal) || write.Path == MetricsCall).Select(write => ExportMetricsServiceRequest.Parser.ParseFrom(Message(write)))];

    /// <summary>All metrics of some requests.</summary>
    public static IEnumerable<Metric> All(this IEnumerable<ExportMetricsServiceRequest> requests) =>
        requests.SelectMany(request => request.ResourceMetrics).SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics);

    /// <summary>The requests with logs.</summary>
    public static List<ExportLogsServiceRequest> Logs(this IEnumerable<ReceivedWrite> received) =>
        [.. received.Where(write => write.Path.EndsWith("/v1/logs", StringComparison.Ordinal) || write.Path == LogsCall).Select(write => ExportLogsServiceRequest.Parser.ParseFrom(Message(write)))];

    /// <summary>All records of some requests.</summary>
    public static List<LogRecord> Records(this IEnumerable<ReceivedWrite> received) =>
        [.. received.Logs().SelectMany(request => request.ResourceLogs).SelectMany(resource => resource.ScopeLogs).SelectMany(scope => scope.LogRecords)];

    /// <summary>Attributes as one text, in the order of their names.</summary>
    public static string Text(this IEnumerable<KeyValue> attributes) =>
        string.Join(',', attributes.Select(one => $"{one.Key}={Text(one.Value)}").Order(StringComparer.Ordinal));

    /// <summary>The value of an attribute; null if there is none.</summary>
    public static AnyValue? Get(this IEnumerable<KeyValue> attributes, string key) => attributes.SingleOrDefault(one => one.Key == key)?.Value;

    /// <summary>Answers a call as a server of gRPC: with a message, and the status in the trailers.</summary>
    public static async Task AnswerCallAsync(HttpContext context, string? status, string message = "")
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        if (status is not null) context.Response.AppendTrailer("grpc-status", status);
        if (message.Length > 0) context.Response.AppendTrailer("grpc-message", message);
    }

    private static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.IntValue => $"{value.IntValue}",
        AnyValue.ValueOneofCase.DoubleValue => $"{value.DoubleValue}",
        _ => throw new ArgumentException($"{value.ValueCase} is not expected.", nameof(value)),
    };

    private static byte[] Message(ReceivedWrite write)
    {
        Assert.Equal("POST", write.Method);
        bool grpc = write.Headers["Content-Type"] == "application/grpc";
        if (!grpc)
        {
            Assert.Equal("application/x-protobuf", write.Headers["Content-Type"]);
            return write.Headers.GetValueOrDefault("Content-Encoding") == "gzip" ? Unzip(write.Body) : write.Body;
        }

        // gRPC over HTTP/2, length-prefixed message: a flag, four bytes of length, the message.
        Assert.Equal("trailers", write.Headers["TE"]);
        Assert.Equal(write.Body.Length - 5, (int)BinaryPrimitives.ReadUInt32BigEndian(write.Body.AsSpan(1)));
        if (write.Body[0] == 0) return write.Body[5..];
        Assert.Equal("gzip", write.Headers["grpc-encoding"]);
        return Unzip(write.Body[5..]);
    }

    private static byte[] Unzip(byte[] zipped)
    {
        using var gzip = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
