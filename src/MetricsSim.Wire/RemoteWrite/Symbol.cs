using System.Numerics;
using System.Text;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A name or value of labels, encoded once for all series that have it.</summary>
/// <param name="text">The text.</param>
internal sealed class Symbol(string text)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Its bytes.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    /// <summary>Bytes of a protobuf field with it.</summary>
    public int FieldLength => 1 + VarintLength((ulong)Utf8.Length) + Utf8.Length;

    /// <summary>How many labels have it; see <see cref="SymbolPool"/>.</summary>
    public int Uses { get; set; }

    /// <summary>Bytes of a varint.</summary>
    public static int VarintLength(ulong value) => ((BitOperations.Log2(value | 1) * 9) + 73) / 64;
}
