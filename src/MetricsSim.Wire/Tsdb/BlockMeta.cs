using System.Text.Json;

namespace MetricsSim.Wire.Tsdb;

/// <summary>What a block holds: its file <c>meta.json</c>.</summary>
public sealed record BlockMeta
{
    /// <summary>Name of the block, and of its directory.</summary>
    public required string Ulid { get; init; }

    /// <summary>ms since the Unix epoch; no sample is before it.</summary>
    public required long MinTime { get; init; }

    /// <summary>ms since the Unix epoch, after all samples.</summary>
    public required long MaxTime { get; init; }

    /// <summary>Number of samples.</summary>
    public required long Samples { get; init; }

    /// <summary>How many of them are native histograms.</summary>
    public required long HistogramSamples { get; init; }

    /// <summary>Number of series that have samples.</summary>
    public required long Series { get; init; }

    /// <summary>Number of chunks.</summary>
    public required long Chunks { get; init; }

    /// <summary>The file's bytes, laid out as Prometheus does.</summary>
    internal byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, IndentCharacter = '\t', IndentSize = 1, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("ulid", Ulid);
            json.WriteNumber("minTime", MinTime);
            json.WriteNumber("maxTime", MaxTime);
            json.WriteStartObject("stats");
            json.WriteNumber("numSamples", Samples);
            if (HistogramSamples > 0)
            {
                // What newer versions count apart; 2.42 passes over it.
                json.WriteNumber("numFloatSamples", Samples - HistogramSamples);
                json.WriteNumber("numHistogramSamples", HistogramSamples);
            }

            json.WriteNumber("numSeries", Series);
            json.WriteNumber("numChunks", Chunks);
            json.WriteEndObject();
            json.WriteStartObject("compaction");
            json.WriteNumber("level", 1);
            json.WriteStartArray("sources");
            json.WriteStringValue(Ulid);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteNumber("version", 1);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
