using System.Buffers.Binary;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>Snappy's block format (google/snappy, format_description.txt), as remote write takes it: without frames or checksums.</summary>
internal sealed class SnappyBlock
{
    private const int BlockLength = 1 << 16;
    private const int HashBits = 14;
    private const int LeastMatch = sizeof(uint);
    private readonly ushort[] _table = new ushort[1 << HashBits];
    private byte[] _output = [];
    private int _length;

    /// <summary>Compresses bytes.</summary>
    /// <returns>A fresh array.</returns>
    public byte[] Compress(ReadOnlySpan<byte> input)
    {
        // The most that it may grow, as google/snappy has it.
        var most = 32 + input.Length + (input.Length / 6);
        if (_output.Length < most)
        {
            _output = new byte[most];
        }

        _length = 0;
        PutLength((uint)input.Length);
        for (var at = 0; at < input.Length; at += BlockLength)
        {
            PutBlock(input.Slice(at, Math.Min(BlockLength, input.Length - at)));
        }

        return _output.AsSpan(0, _length).ToArray();
    }

    private void PutBlock(ReadOnlySpan<byte> block)
    {
        Array.Clear(_table);
        var literal = 0;
        var misses = 0;
        for (var at = 1; at <= block.Length - LeastMatch;)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(block[at..]);
            ref var place = ref _table[(word * 0x1E35A7BD) >> (32 - HashBits)];
            int candidate = place;
            place = (ushort)at;
            if (BinaryPrimitives.ReadUInt32LittleEndian(block[candidate..]) != word)
            {
                // What doesn't compress is passed over faster and faster.
                at += 1 + (misses++ >> 5);
                continue;
            }

            var length = block[at..].CommonPrefixLength(block[candidate..]);
            PutLiteral(block[literal..at]);
            PutCopy(at - candidate, length);
            at += length;
            literal = at;
            misses = 0;
        }

        PutLiteral(block[literal..]);
    }

    private void PutLength(uint length)
    {
        for (; length >= 0x80; length >>= 7)
        {
            _output[_length++] = (byte)(length | 0x80);
        }

        _output[_length++] = (byte)length;
    }

    private void PutLiteral(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var last = bytes.Length - 1;
        switch (last)
        {
            case < 60:
                _output[_length++] = (byte)(last << 2);
                break;
            case < 1 << 8:
                _output[_length++] = 60 << 2;
                _output[_length++] = (byte)last;
                break;
            default:
                _output[_length++] = 61 << 2;
                _output[_length++] = (byte)last;
                _output[_length++] = (byte)(last >> 8);
                break;
        }

        bytes.CopyTo(_output.AsSpan(_length));
        _length += bytes.Length;
    }

    private void PutCopy(int offset, int length)
    {
        const int Longest = 64;
        while (length > 0)
        {
            // What is left after the longest copies must not be shorter than a match.
            var part = length <= Longest ? length : length < Longest + LeastMatch ? Longest - LeastMatch : Longest;
            if (part is >= LeastMatch and < 12 && offset < 1 << 11)
            {
                _output[_length++] = (byte)(1 | ((part - LeastMatch) << 2) | (offset >> 8 << 5));
                _output[_length++] = (byte)offset;
            }
            else
            {
                _output[_length++] = (byte)(2 | ((part - 1) << 2));
                _output[_length++] = (byte)offset;
                _output[_length++] = (byte)(offset >> 8);
            }

            length -= part;
        }
    }
}
