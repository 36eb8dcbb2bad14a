using System.Buffers.Binary;

namespace MetricsSim.Wire.Tsdb;

/// <summary>Writes bits, the highest first, through a register of 64: no work per bit, one store per eight bytes.</summary>
/// <param name="destination">Takes the bytes; eight more than are written must fit.</param>
/// <param name="position">Where the first bit goes.</param>
internal ref struct BitWriter(Span<byte> destination, int position)
{
    private readonly Span<byte> _destination = destination;
    private int _position = position;
    private ulong _register;
    private int _free = 64;

    /// <summary>Writes the low bits of a value.</summary>
    /// <param name="value">All bits above the low <paramref name="count"/> are 0.</param>
    /// <param name="count">1 to 64.</param>
    public void Write(ulong value, int count)
    {
        if (count < _free)
        {
            _free -= count;
            _register |= value << _free;
            return;
        }

        var rest = count - _free;
        BinaryPrimitives.WriteUInt64BigEndian(_destination[_position..], _register | (value >> rest));
        _position += sizeof(ulong);
        _free = 64 - rest;
        _register = rest == 0 ? 0 : value << _free;
    }

    /// <summary>Writes Go's <c>uvarint</c>: seven bits a byte, the lowest first.</summary>
    public void WriteUvarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Write((value & 0x7F) | 0x80, 8);
        }

        Write(value, 8);
    }

    /// <summary>Writes Go's <c>varint</c>: the sign in the lowest bit, so that small negative numbers are short too.</summary>
    public void WriteVarint(long value) => WriteUvarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Stores what is in the register, filled up with zeros to a whole byte.</summary>
    /// <returns>Where the next byte would go.</returns>
    public int Finish()
    {
        BinaryPrimitives.WriteUInt64BigEndian(_destination[_position..], _register);
        return _position + ((64 - _free + 7) / 8);
    }
}
