using System.Buffers;
using MetricsSim.Wire.Protobuf;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// A row that is cut into pieces: a sequence of numbers of variable length. An odd one is twice the number of a shared piece and one, an even
/// one is twice the length of the bytes behind it, which are the row's own.
/// </summary>
internal static class CutRow
{
    /// <summary>Appends a shared piece.</summary>
    public static void AppendShared(ArrayBufferWriter<byte> output, int piece) => Append(output, (2UL * (uint)piece) + 1);

    /// <summary>Appends bytes of the row's own.</summary>
    public static void AppendOwn(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Append(output, 2UL * (uint)bytes.Length);
        output.Write(bytes);
    }

    /// <summary>Reads what comes next, and moves behind it.</summary>
    /// <param name="row">What is left of the row, not empty.</param>
    /// <param name="piece">Number of the shared piece, if it is one.</param>
    /// <param name="own">Bytes of the row's own, if it isn't.</param>
    /// <returns>Whether it is a shared piece.</returns>
    public static bool Read(ref ReadOnlySpan<byte> row, out int piece, out ReadOnlySpan<byte> own)
    {
        ulong number = row[0];
        var read = 1;
        if (number >= 0x80)
        {
            number &= 0x7F;
            byte next;
            do
            {
                next = row[read];
                number |= (ulong)(next & 0x7F) << (7 * read++);
            }
            while (next >= 0x80);
        }

        piece = (int)(number >> 1);
        if ((number & 1) != 0)
        {
            own = [];
            row = row[read..];
            return true;
        }

        own = row.Slice(read, piece);
        row = row[(read + piece)..];
        return false;
    }

    private static void Append(ArrayBufferWriter<byte> output, ulong number) =>
        output.Advance(Varint.Write(number, output.GetSpan(Varint.MaxLength)));
}
