using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>exports</c>.</summary>
internal sealed record ExportsSection
{
    [Key("Whether run writes the time series of every scenario it plays; --export does, too.")]
    public bool Enabled { get; init; }

    [Key("Formats: json and csv have the run as a whole, prometheus the metrics page of every sample as OpenMetrics.", Min = 1)]
    public IReadOnlyList<ExportFormatName> Formats { get; init; } = [ExportFormatName.Json, ExportFormatName.Csv, ExportFormatName.Prometheus];

    [Key("Where to; made if it is not there.", Min = 1, Max = 4096)]
    public string Directory { get; init; } = "test_results";

    [Key("Simulated time between two samples, rounded to whole ticks; there is one more at the end.", Min = 0, AboveMin = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    [Key("Whether to write seed, config and version beside the data.")]
    public bool IncludeMetadata { get; init; } = true;

    [Key("Compression; true is gzip.")]
    public CompressionName Compression { get; init; } = CompressionName.Gzip;
}

/// <summary>Formats of exports.</summary>
internal enum ExportFormatName
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>CSV.</summary>
    Csv,

    /// <summary>OpenMetrics text.</summary>
    Prometheus,
}

/// <summary>Compressions of exports.</summary>
internal enum CompressionName
{
    /// <summary>None.</summary>
    None,

    /// <summary>Gzip.</summary>
    Gzip,
}
