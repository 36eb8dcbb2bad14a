using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MetricsSim.Core.Checkpoints;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote, and not a byte beyond it. Every frame is checked before anything in it is believed, and
/// memory is only taken for what has come, so that damage is found and said: <see cref="InvalidDataException"/>.
/// </summary>
public sealed class StateReader
{
    private readonly Stream _from;
    private readonly byte[] _payload = new byte[StateFormat.FramePayload];
    private int _at;
    private int _length;
    private uint _frames;
    private long _taken;
    private string _section = "header";

    /// <summary>Prepares to read.</summary>
    /// <param name="from">Gives the bytes; stays open.</param>
    public StateReader(Stream from)
    {
        StateFormat.RequireLittleEndian();
        _from = from;
    }

    /// <summary>What is thrown where the state can't be what a world wrote.</summary>
    /// <param name="what">What is wrong.</param>
    internal InvalidDataException Damaged(string what) => new($"the saved state is damaged in section '{_section}', near byte {_taken + _at}: {what}");

    /// <summary>What is thrown where the state is whole but not one of this world.</summary>
    /// <param name="what">In what it differs.</param>
    internal static InvalidDataException Foreign(string what) => new($"the saved state is of another world: {what}");

    /// <summary>Begins a state.</summary>
    internal void Begin()
    {
        (_at, _length, _frames, _taken, _section) = (0, 0, 0, 0, "header");
        if (Read<ulong>() != StateFormat.Magic) throw new InvalidDataException("this is not the saved state of a world");
        var version = Read<int>();
        if (version != StateFormat.Version) throw new InvalidDataException($"the saved state has version {version}; this program reads version {StateFormat.Version}");
    }

    /// <summary>Begins a section.</summary>
    /// <param name="tag">The name it must have.</param>
    internal void Section(string tag)
    {
        var found = Text(most: 64);
        if (found != tag) throw Damaged($"section '{tag}' should follow, but it is '{found}'");
        _section = tag;
    }

    /// <summary>Reads one value as it lies in memory. For a <see cref="bool"/> or an enum see <see cref="Bool"/> and <see cref="Enum{T}"/>.</summary>
    internal T Read<T>()
        where T : unmanaged
    {
        var value = default(T);
        ReadBytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Reads a value that may be missing.</summary>
    internal T? Optional<T>()
        where T : unmanaged => Bool() ? Read<T>() : null;

    /// <summary>Reads a truth value.</summary>
    internal bool Bool() => Read<byte>() switch
    {
        0 => false,
        1 => true,
        var other => throw Damaged($"{other} is neither true nor false"),
    };

    /// <summary>Reads a value of an enumeration.</summary>
    internal T Enum<T>()
        where T : unmanaged, Enum
    {
        var value = Read<T>();
        return System.Enum.IsDefined(value) ? value : throw Damaged($"{value} is no {typeof(T).Name}");
    }

    /// <summary>Reads a number that must lie in a range.</summary>
    internal long Between(long least, long most, string what)
    {
        var value = Read<long>();
        return value >= least && value <= most ? value : throw Damaged($"{what} {value} is not between {least} and {most}");
    }

    /// <summary>Reads an index into a list.</summary>
    internal int Index(int count)
    {
        var index = Read<int>();
        return index >= 0 && index < count ? index : throw Damaged($"there is no entry {index} of {count}");
    }

    /// <summary>Reads a number that must be finite.</summary>
    internal double Finite(string what)
    {
        var value = Read<double>();
        return double.IsFinite(value) ? value : throw Damaged($"{what} {value} is not finite");
    }

    /// <summary>Reads a column into its place, whose length it must have.</summary>
    internal void Fill<T>(Span<T> values, string what)
        where T : unmanaged
    {
        var count = Count<T>(int.MaxValue);
        if (count != values.Length) throw Damaged($"{what}: {count} values, but there must be {values.Length}");
        ReadBytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads a column of any length: grows with what comes, so that a wrong length takes no memory.</summary>
    internal T[] Column<T>(int most = int.MaxValue)
        where T : unmanaged
    {
        const int FirstBytes = 1 << 20;
        var count = Count<T>(most);
        var values = new T[Math.Min(count, FirstBytes / Unsafe.SizeOf<T>())];
        for (var done = 0; done < count;)
        {
            if (done == values.Length) Array.Resize(ref values, (int)Math.Min(count, 2L * done));
            ReadBytes(MemoryMarshal.AsBytes(values.AsSpan(done)));
            done = values.Length;
        }

        return values;
    }

    /// <summary>Reads text.</summary>
    internal string Text(int most = 1 << 24) => new(Column<char>(most));

    /// <summary>Reads text that may be missing.</summary>
    internal string? OptionalText() => Bool() ? Text() : null;

    /// <summary>Reads an instant.</summary>
    internal DateTimeOffset Instant()
    {
        var (ticks, offset) = (Read<long>(), Read<short>());
        try
        {
            return new DateTimeOffset(ticks, TimeSpan.FromMinutes(offset));
        }
        catch (ArgumentException)
        {
            throw Damaged($"{ticks} with an offset of {offset} min is no instant");
        }
    }

    /// <summary>Ends the state.</summary>
    internal void End()
    {
        Section("end");
        if (_at < _length) throw Damaged("something follows where the end should be");
    }

    private int Count<T>(int most)
        where T : unmanaged
    {
        var (count, size) = (Read<int>(), Read<int>());
        if (size != Unsafe.SizeOf<T>()) throw Damaged($"values have {size} bytes, but must have {Unsafe.SizeOf<T>()}");
        return count >= 0 && count <= most ? count : throw Damaged($"{count} values are not possible");
    }

    private void ReadBytes(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_at == _length) ReadFrame();
            var taken = Math.Min(bytes.Length, _length - _at);
            _payload.AsSpan(_at, taken).CopyTo(bytes);
            _at += taken;
            bytes = bytes[taken..];
        }
    }

    private void ReadFrame()
    {
        _taken += _length;
        (_at, _length) = (0, 0);
        Span<byte> header = stackalloc byte[StateFormat.FrameHeader];
        if (_from.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) throw Damaged("it ends too early");
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is <= 0 or > StateFormat.FramePayload) throw Damaged($"a piece of {length} bytes is not possible");
        var payload = _payload.AsSpan(0, length);
        if (_from.ReadAtLeast(payload, length, throwOnEndOfStream: false) < length) throw Damaged("it ends too early");
        if (StateFormat.Checksum(_frames, payload) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..])) throw Damaged("the checksum does not match");
        _frames++;
        _length = length;
    }
}
