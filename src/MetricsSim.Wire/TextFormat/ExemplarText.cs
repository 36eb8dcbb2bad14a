using System.Buffers.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.TextFormat;

/// <summary>Exemplars of OpenMetrics: <c> # {trace_id="…"} value seconds</c> behind a sample.</summary>
internal static class ExemplarText
{
    /// <summary>No exemplar takes more bytes.</summary>
    public const int MaxLength = 64 + (2 * NumberFormat.MaxLength);

    /// <summary>Writes an exemplar, if there is one, and a line feed.</summary>
    /// <returns>Bytes written but for the line feed, which was there before.</returns>
    public static int Write(in Exemplar exemplar, NumberFormat number, Span<byte> destination)
    {
        if (!exemplar.IsPresent)
        {
            return 0;
        }

        var head = " # {trace_id=\""u8;
        head.CopyTo(destination);
        var at = head.Length + WriteTrace(exemplar, destination[head.Length..]);
        "\"} "u8.CopyTo(destination[at..]);
        at += 3;
        at += number.Write(exemplar.Value, destination[at..]);
        destination[at++] = (byte)' ';
        at += NumberFormat.WriteSeconds(exemplar.At, destination[at..]);
        destination[at] = (byte)'\n';
        return at;
    }

    /// <summary>Writes the trace id: 32 hex digits.</summary>
    public static int WriteTrace(in Exemplar exemplar, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(exemplar.TraceHigh, destination, out var high, new('x', 16));
        Utf8Formatter.TryFormat(exemplar.TraceLow, destination[high..], out var low, new('x', 16));
        return high + low;
    }
}
