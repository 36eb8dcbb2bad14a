using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Hosting.Journal;

/// <summary>
/// A record's bytes: a line <c>checksum length json</c>, both numbers as 8 hexadecimal digits in lower case. The checksum is the CRC-32C
/// of all between it and the line's end; the length is that of the JSON in bytes. So a record is found, and known to be whole, from its
/// first byte alone, and a person can read it.
/// </summary>
internal static class JournalFrame
{
    private const int Digits = 8;
    private const int Prefix = Digits + 1 + Digits + 1;

    /// <summary>The bytes of a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The line, its end included.</returns>
    public static byte[] Encode(JournalRecord record)
    {
        byte[] json = JournalJson.Write(record);
        byte[] line = new byte[Prefix + json.Length + 1];
        json.CopyTo(line, Prefix);
        line[^1] = (byte)'\n';
        Hex((uint)json.Length, line.AsSpan(Digits + 1));
        line[Digits] = line[Prefix - 1] = (byte)' ';
        Hex(Crc32C.Of(line.AsSpan(Digits..^1)), line);
        return line;
    }

    /// <summary>Reads a record at a place.</summary>
    /// <param name="file">A stream that can seek.</param>
    /// <param name="offset">Where it begins.</param>
    /// <returns>The record and its bytes, or null and 0 if none begins there or it is damaged.</returns>
    public static (JournalRecord? Record, long Bytes) Decode(Stream file, long offset)
    {
        Span<byte> prefix = stackalloc byte[Prefix];
        if (file.Position != offset) file.Position = offset;
        if (!TryPrefix(file, prefix, out uint checksum, out uint length)) return default;
        if (length > Array.MaxLength - Prefix - 1 || offset + Prefix + length + 1 > file.Length) return default;
        byte[] line = new byte[Prefix + (int)length + 1];
        prefix.CopyTo(line);
        file.ReadExactly(line.AsSpan(Prefix));
        if (line[^1] != '\n' || Crc32C.Of(line.AsSpan(Digits..^1)) != checksum) return default;
        return JournalJson.Read(line.AsSpan(Prefix..^1)) is { } record ? (record, line.Length) : default;
    }

    /// <summary>Whether a file looks like a journal, even one that ended within its first record.</summary>
    /// <param name="file">A stream at its begin.</param>
    /// <returns>True if its first bytes are those of a record.</returns>
    public static bool MayBegin(Stream file) => TryPrefix(file, stackalloc byte[Prefix], out _, out _);

    private static bool TryPrefix(Stream file, Span<byte> prefix, out uint checksum, out uint length)
    {
        checksum = length = 0;
        return file.ReadAtLeast(prefix, Prefix, throwOnEndOfStream: false) == Prefix
            && TryHex(prefix, out checksum) && prefix[Digits] == ' ' && TryHex(prefix[(Digits + 1)..], out length) && prefix[^1] == ' ';
    }

    private static void Hex(uint value, Span<byte> to) => Encoding.ASCII.GetBytes(value.ToString("x8", CultureInfo.InvariantCulture), to);

    // Only as it is written: an upper-case digit is a flipped bit.
    private static bool TryHex(ReadOnlySpan<byte> from, out uint value) =>
        Utf8Parser.TryParse(from[..Digits], out value, out int read, 'x') && read == Digits && !from[..Digits].ContainsAnyInRange((byte)'A', (byte)'F');
}
