using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>exports</c>.</summary>
internal sealed record ExportsSection
{
    [Key("Whether to export.")]
    public bool Enabled { get; init; }

    [Key("Formats.", Min = 1)]
    public IReadOnlyList<ExportFormatName> Formats { get; init; } = [ExportFormatName.Json, ExportFormatName.Csv, ExportFormatName.Prometheus];

    [Key("Directory.", Min = 1, Max = 4096)]
    public string Directory { get; init; } = "test_results";

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
