using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration;

/// <summary>The effective configuration: validated, immutable, free of YAML.</summary>
internal sealed record SimulatorConfig
{
    /// <summary>The world, its scenarios included.</summary>
    public WorldOptions World { get; init; } = new();

    /// <summary>Times faster than the wall clock, &gt; 0.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where and how to listen.</summary>
    public ServerOptions Server { get; init; } = new();

    /// <summary>Where logs go.</summary>
    public LoggingOptions Logging { get; init; } = new();

    /// <summary>Where to push by remote write; null for nowhere.</summary>
    public RemoteWriteOptions? RemoteWrite { get; init; }

    /// <summary>Where to push by OTLP; null for nowhere.</summary>
    public OtlpOptions? Otlp { get; init; }

    /// <summary>The Pushgateway to push to; null for none.</summary>
    public PushGatewayOptions? PushGateway { get; init; }

    /// <summary>The file it was read from, or null for the built-in defaults.</summary>
    public string? Path { get; init; }

    /// <summary>The texts it was read from, or null if it was not read.</summary>
    public ConfigSource? Source { get; init; }

    /// <summary>All keys as they were read, those without effect yet included.</summary>
    public ConfigDocument Document { get; init; } = new();
}

/// <summary>Where and how to listen (config: <c>server</c>).</summary>
internal sealed record ServerOptions
{
    /// <summary>Address to bind: <c>localhost</c>, an IP address, or <c>*</c>/<c>0.0.0.0</c> for all.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Control port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>Metrics port; 0 takes a free one.</summary>
    public int MetricsPort { get; init; } = 8001;

    /// <summary>Most connections at once over both ports.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Key that changing calls need on addresses other than localhost; null for none.</summary>
    public string? ApiKey { get; init; }
}

/// <summary>Where logs go (config: <c>logging</c>).</summary>
internal sealed record LoggingOptions
{
    /// <summary>Least level written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Lines as text or as JSON objects.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>Handlers; the default is one console.</summary>
    public IReadOnlyList<LogHandlerOptions> Handlers { get; init; } = [new ConsoleHandlerOptions()];
}

/// <summary>How a log line looks.</summary>
internal enum LogFormat
{
    /// <summary>Time, level, category, message.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>One destination of log lines.</summary>
internal abstract record LogHandlerOptions
{
    /// <summary>Least level for this handler; null takes the logging level.</summary>
    public LogLevel? Level { get; init; }
}

/// <summary>Standard error.</summary>
internal sealed record ConsoleHandlerOptions : LogHandlerOptions;

/// <summary>A file that rolls over by size.</summary>
internal sealed record FileHandlerOptions : LogHandlerOptions
{
    /// <summary>Path of the newest file; older ones get <c>.1</c>, <c>.2</c> ….</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes at which it rolls.</summary>
    public long MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Older files kept, ≥ 0.</summary>
    public int BackupCount { get; init; } = 5;
}
