using System.Buffers.Binary;
using System.IO.Compression;
using MetricsSim.Wire;

namespace MetricsSim.Exposition;

/// <summary>A slice of a page, plain and compressed by itself, so that slices can be compressed at once. Used again and again.</summary>
#pragma warning disable CA1001 // A stream of memory holds nothing that must be freed.
internal sealed class PageSlice
#pragma warning restore CA1001
{
    /// <summary>Bytes of a slice, unless the page has longer lines.</summary>
    public const int Size = 256 * 1024;

    // What RFC 1952 puts before and behind the compressed bytes.
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private readonly MemoryStream _zipped = new();
    private byte[] _plain = new byte[Size];
    private int _flushed;

    /// <summary>Bytes before compression.</summary>
    public int Length { get; private set; }

    /// <summary>Their sum; known once they are compressed.</summary>
    public uint Crc { get; private set; }

    /// <summary>A gzip member of this slice alone.</summary>
    public ReadOnlyMemory<byte> Whole => _zipped.GetBuffer().AsMemory(0, (int)_zipped.Length);

    /// <summary>The beginning of a member that other slices go on with.</summary>
    public ReadOnlyMemory<byte> First => Whole[.._flushed];

    /// <summary>What goes on with a member.</summary>
    public ReadOnlyMemory<byte> Next => Whole[HeaderLength.._flushed];

    /// <summary>Takes as much of a page as there is room for.</summary>
    /// <param name="page">The page.</param>
    /// <returns>Whether there is more of it.</returns>
    public bool Fill(PageWriter page)
    {
        if (_plain.Length < page.MinimumBuffer) _plain = new byte[page.MinimumBuffer];
        bool more = page.Fill(_plain, out int written);
        Length = written;
        return more;
    }

    /// <summary>Compresses what was taken, at least a byte.</summary>
    public void Compress()
    {
        _zipped.SetLength(0);
        using (var zip = new GZipStream(_zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(_plain, 0, Length);
            zip.Flush();
            _flushed = (int)_zipped.Length;
        }

        Crc = BinaryPrimitives.ReadUInt32LittleEndian(Whole.Span[^TrailerLength..]);
    }
}
