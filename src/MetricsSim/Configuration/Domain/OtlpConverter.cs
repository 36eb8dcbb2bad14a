using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>push.otlp</c> and <c>integrations.otel</c>, which says the same in short.</summary>
internal static class OtlpConverter
{
    private const string Path = "push.otlp", ShortPath = "integrations.otel";
    private const int GrpcPort = 4317;
    private static readonly string[] Own = ["TE", "grpc-encoding", "grpc-accept-encoding", "grpc-timeout"];

    /// <summary>Converts them; null when neither is enabled. What is wrong is reported either way.</summary>
    public static OtlpOptions? Convert(OtlpSection section, OtelSection brief, Report report)
    {
        var grpc = section.Protocol == "grpc";
        var endpoint = Endpoint(section.Endpoint ?? (grpc ? "http://localhost:4317" : "http://localhost:4318"), Path, report);
        var briefEndpoint = Endpoint(brief.Endpoint, ShortPath, report);
        if (!brief.Enabled) PushRules.WarnIfIdle(Path, "endpoint", report);
        if (!section.Enabled) PushRules.WarnIfIdle(ShortPath, "endpoint", report);
        PushRules.CheckTls(section.Tls, $"{Path}.tls", brief.Enabled && !section.Enabled ? briefEndpoint : endpoint, report);
        PushRules.CheckHeaders(section.Headers, $"{Path}.headers", new(StringComparer.OrdinalIgnoreCase), "", Own, report);
        PushRules.CheckHeaders(brief.Headers, $"{ShortPath}.headers", new(StringComparer.OrdinalIgnoreCase), "", Own, report);
        if (section.Enabled && brief.Enabled)
            report.Error($"{ShortPath}.enabled", "stands beside push.otlp.enabled, and there is one push by OTLP; enable one of the two");
        else if (section.Enabled && !section.Metrics && !section.Events.Enabled)
            report.Error($"{Path}.metrics", "with neither metrics nor events there is nothing to push");
        if ((brief.Enabled ? briefEndpoint : section.Enabled ? endpoint : null) is not { } url) return null;
        return new OtlpOptions
        {
            Endpoint = url,
            Grpc = brief.Enabled ? url.Port == GrpcPort : grpc,
            Headers = [.. brief.Enabled ? brief.Headers : section.Headers],
            Timeout = section.Timeout,
            Gzip = section.Compression == CompressionName.Gzip,
            CaFile = section.Tls.CaFile,
            CertFile = section.Tls.CertFile,
            KeyFile = section.Tls.KeyFile,
            Metrics = section.Metrics,
            Interval = section.Interval,
            Cumulative = section.Temporality == TemporalityName.Cumulative,
            Exponential = section.Histograms == BucketsName.Exponential,
            Events = section.Events.Enabled,
            EventsInterval = section.Events.Interval,
            QueueBytes = section.QueueBytes,
        };
    }

    private static Uri? Endpoint(string text, string path, Report report)
    {
        var key = $"{path}.endpoint";
        var url = PushRules.Url(text, key, $"{path}.headers", report);
        if (url is { Query.Length: > 0 }) report.Error(key, "a path is added to it, so it has no ?");
        return url;
    }
}
