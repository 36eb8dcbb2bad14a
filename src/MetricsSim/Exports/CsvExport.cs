using System.Globalization;
using System.Text;
using MetricsSim.Core.Engine;
using MetricsSim.Reports;

namespace MetricsSim.Exports;

/// <summary>
/// RFC 4180: a header, then a line for each sample. +∞ is <c>+Inf</c> and nothing measured is an empty field. No name and no value has
/// anything that would have to be quoted.
/// </summary>
internal sealed class CsvExport : IRunExport
{
    private readonly Stream _output;
    private readonly StringBuilder _line = new();

    /// <summary>Writes the header.</summary>
    /// <param name="output">Takes the bytes.</param>
    public CsvExport(Stream output)
    {
        _output = output;
        _line.Append(SampleColumn.Time);
        foreach (var column in SampleColumn.All) _line.Append(',').Append(column.Name);
        EndLine();
    }

    /// <inheritdoc />
    public void Write(RunSample sample, World world)
    {
        _line.Append(RunJson.Instant(sample.Time));
        foreach (var column in SampleColumn.All)
        {
            _line.Append(',');
            var value = column.Value(sample);
            if (double.IsFinite(value)) _line.Append(CultureInfo.InvariantCulture, $"{value}");
            else if (!double.IsNaN(value)) _line.Append(value > 0 ? "+Inf" : "-Inf");
        }

        EndLine();
    }

    private void EndLine()
    {
        _line.Append("\r\n");
        _output.Write(Encoding.ASCII.GetBytes(_line.ToString()));
        _line.Clear();
    }
}
