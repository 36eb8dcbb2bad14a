using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace MetricsSim.Push.Otlp;

/// <summary>What exporters of both signals are made from. Their requests end in the outbox.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="outbox">Takes the requests.</param>
internal sealed class OtlpExport(OtlpOptions options, OtlpOutbox outbox)
{
    /// <summary>What is asked for.</summary>
    public OtlpOptions Options { get; } = options;

    /// <summary>Takes the requests.</summary>
    public OtlpOutbox Outbox { get; } = outbox;

    /// <summary>Options of an exporter. Each is set, for what is not comes from variables of the environment that are meant for others.</summary>
    /// <param name="signal">What is exported.</param>
    public OtlpExporterOptions Exporter(OtlpSignal signal) => new()
    {
        Protocol = Options.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        Endpoint = Options.Grpc ? Options.Endpoint : new Uri($"{Options.Endpoint.AbsoluteUri.TrimEnd('/')}/v1/{OtlpFamilies.NameOf(signal)}"),
        Headers = "",
        Compression = Options.Gzip ? OtlpExportCompression.GZip : OtlpExportCompression.None,
        TimeoutMilliseconds = (int)Options.Timeout.TotalMilliseconds,
        HttpClientFactory = () => Outbox.Client(signal),
    };

    /// <summary>What all series and events are of: one client, as far as it does not vary with the user.</summary>
    /// <param name="telemetry">Its version.</param>
    public static ResourceBuilder Resource(TelemetryOptions telemetry) => ResourceBuilder.CreateEmpty().AddAttributes(
    [
        new("service.name", "claude-code"),
        new("service.version", telemetry.ServiceVersion),
        new("os.type", "linux"),
        new("os.version", "6.8.0"),
        new("host.arch", "amd64"),
    ]);
}
