using System.Buffers;
using System.Text;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Appends fields while a layout is prepared. Lone surrogates become U+FFFD: texts are always valid UTF-8.</summary>
internal static class ProtobufAppend
{
    /// <summary>Appends a field of text.</summary>
    public static void AppendText(this ArrayBufferWriter<byte> output, byte tag, string text)
    {
        output.AppendNumber(tag, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    /// <summary>Appends a field of varint type, or a tag and a length.</summary>
    public static void AppendNumber(this ArrayBufferWriter<byte> output, byte tag, ulong value)
    {
        var span = output.GetSpan(1 + Varint.MaxLength);
        span[0] = tag;
        output.Advance(1 + Varint.Write(value, span[1..]));
    }

    /// <summary>Appends a field whose value is a message that is encoded already.</summary>
    public static void AppendMessage(this ArrayBufferWriter<byte> output, byte tag, ReadOnlySpan<byte> message)
    {
        output.AppendNumber(tag, (ulong)message.Length);
        output.Write(message);
    }
}
