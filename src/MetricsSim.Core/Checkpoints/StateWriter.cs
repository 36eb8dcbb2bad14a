using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MetricsSim.Core.Checkpoints;

/// <summary>
/// Writes the state of a world, <see cref="Engine.World.Save"/>, to a stream in pieces of 64 KiB. What is written has its
/// own end: anything may follow it in the stream.
/// </summary>
public sealed class StateWriter
{
    private readonly Stream _to;
    private readonly byte[] _frame = new byte[StateFormat.FrameHeader + StateFormat.FramePayload];
    private int _used;
    private uint _frames;

    /// <summary>Prepares to write.</summary>
    /// <param name="to">Takes the bytes; stays open, and is not flushed.</param>
    public StateWriter(Stream to)
    {
        StateFormat.RequireLittleEndian();
        _to = to;
    }

    /// <summary>Begins a state.</summary>
    internal void Begin()
    {
        (_used, _frames) = (0, 0);
        Write(StateFormat.Magic);
        Write(StateFormat.Version);
    }

    /// <summary>Begins a section.</summary>
    /// <param name="tag">Its short name.</param>
    internal void Section(string tag) => Write(tag);

    /// <summary>Writes one value as it lies in memory.</summary>
    internal void Write<T>(T value)
        where T : unmanaged => WriteBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Writes a value that may be missing.</summary>
    internal void Write<T>(T? value)
        where T : unmanaged
    {
        Write(value.HasValue);
        if (value is { } present) Write(present);
    }

    /// <summary>Writes a column: the number and the size of its values, then all of them as they lie in memory.</summary>
    internal void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write(values.Length);
        Write(Unsafe.SizeOf<T>());
        WriteBytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes text as its UTF-16 code units, so that any text comes back as it was.</summary>
    internal void Write(string text) => Write(text.AsSpan());

    /// <summary>Writes text that may be missing.</summary>
    internal void WriteOptional(string? text)
    {
        Write(text is not null);
        if (text is not null) Write(text);
    }

    /// <summary>Writes an instant with its offset.</summary>
    internal void Write(DateTimeOffset instant)
    {
        Write(instant.Ticks);
        Write((short)instant.TotalOffsetMinutes);
    }

    /// <summary>Ends the state and hands over what is left of it.</summary>
    internal void End()
    {
        Section("end");
        WriteFrame();
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_used == StateFormat.FramePayload) WriteFrame();
            var taken = Math.Min(bytes.Length, StateFormat.FramePayload - _used);
            bytes[..taken].CopyTo(_frame.AsSpan(StateFormat.FrameHeader + _used));
            _used += taken;
            bytes = bytes[taken..];
        }
    }

    private void WriteFrame()
    {
        var frame = _frame.AsSpan(0, StateFormat.FrameHeader + _used);
        BinaryPrimitives.WriteInt32LittleEndian(frame, _used);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], StateFormat.Checksum(_frames, frame[StateFormat.FrameHeader..]));
        _to.Write(frame);
        _frames++;
        _used = 0;
    }
}
