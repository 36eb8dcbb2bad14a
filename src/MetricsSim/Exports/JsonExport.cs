using System.Text.Json;
using System.Text.Json.Nodes;
using MetricsSim.Core.Engine;
using MetricsSim.Reports;

namespace MetricsSim.Exports;

/// <summary>
/// One JSON document: <c>metadata</c>, then <c>samples</c>, an object for each on its own line. +∞ is the text <c>+Inf</c> and nothing
/// measured is null, as in the results of a run.
/// </summary>
internal sealed class JsonExport : IRunExport
{
    private readonly Stream _output;
    private bool _begun;

    /// <summary>Writes what stands before the samples.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="metadata">What the samples are; null to leave it out.</param>
    public JsonExport(Stream output, JsonObject? metadata)
    {
        _output = output;
        _output.Write("{\n"u8);
        if (metadata is not null)
        {
            _output.Write("\"metadata\": "u8);
            JsonSerializer.Serialize(_output, metadata);
            _output.Write(",\n"u8);
        }

        _output.Write("\"samples\": ["u8);
    }

    /// <inheritdoc />
    public void Write(RunSample sample, World world)
    {
        _output.Write(_begun ? ",\n"u8 : "\n"u8);
        _begun = true;
        var row = new JsonObject { [SampleColumn.Time] = RunJson.Instant(sample.Time) };
        foreach (var column in SampleColumn.All) row[column.Name] = RunJson.Number(column.Value(sample));
        JsonSerializer.Serialize(_output, row);
        if (sample.IsLast) _output.Write("\n]\n}\n"u8);
    }
}
