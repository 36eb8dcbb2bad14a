using System.Runtime.InteropServices;
using MetricsSim.Analysis.Runs;

namespace MetricsSim.Hosting.Runs;

/// <summary>The columns of a tape as bytes, as they lie in memory: every array of <see cref="RunSeries"/>, by name, so that none is forgotten.</summary>
internal static class TapeColumns
{
    /// <summary>Writes the cells that are filled.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="to">Takes them.</param>
    public static void Write(RunTape tape, Stream to)
    {
        foreach (Array column in Of(tape.Series)) to.Write(Filled(tape, column));
    }

    /// <summary>Reads them back into a tape that has as many boundaries.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="from">Gives them.</param>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static void Read(RunTape tape, Stream from)
    {
        foreach (Array column in Of(tape.Series)) from.ReadExactly(Filled(tape, column));
    }

    private static IEnumerable<Array> Of(RunSeries series) => typeof(RunSeries).GetProperties()
        .OrderBy(property => property.Name, StringComparer.Ordinal)
        .SelectMany(property => property.GetValue(series) switch
        {
            Array column => [column],
            IEnumerable<Array> columns => columns,
            _ => Enumerable.Empty<Array>(),
        });

    private static Span<byte> Filled(RunTape tape, Array column)
    {
        Span<byte> bytes = column switch
        {
            long[] whole => MemoryMarshal.AsBytes(whole.AsSpan()),
            double[] real => MemoryMarshal.AsBytes(real.AsSpan()),
            int[] small => MemoryMarshal.AsBytes(small.AsSpan()),
            _ => throw new InvalidOperationException($"A column of {column.GetType()} is not known."),
        };
        return bytes[..(bytes.Length / (tape.Series.Count + 1) * (tape.Boundary + 1))];
    }
}
