namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

/// <summary>A strict reader of snappy's block format, written from google/snappy's format_description.txt; what it does not expect is an exception.</summary>
internal static class SnappyReader
{
    public static byte[] Read(ReadOnlySpan<byte> bytes)
    {
        var (length, shift, at) = (0, 0, 0);
        do
        {
            length |= (bytes[at] & 0x7F) << shift;
            shift += 7;
        }
        while (bytes[at++] >= 0x80);
        var output = new List<byte>(length);
        while (at < bytes.Length)
        {
            int tag = bytes[at++];
            var (size, offset) = (0, 0);
            switch (tag & 3)
            {
                case 0:
                    size = tag >> 2;
                    if (size >= 60)
                    {
                        var extra = size - 59;
                        size = 0;
                        for (var i = 0; i < extra; i++) size |= bytes[at++] << (8 * i);
                    }

                    size++;
                    output.AddRange(bytes.Slice(at, size));
                    at += size;
                    continue;
                case 1:
                    (size, offset) = (((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | bytes[at++]);
                    break;
                case 2:
                    (size, offset) = ((tag >> 2) + 1, bytes[at] | (bytes[at + 1] << 8));
                    at += 2;
                    break;
                default:
                    throw new InvalidDataException("A copy with four bytes of offset is never needed.");
            }

            if (offset == 0 || offset > output.Count) throw new InvalidDataException("A copy from outside.");
            for (var i = 0; i < size; i++) output.Add(output[^offset]);
        }

        return output.Count == length ? [.. output] : throw new InvalidDataException($"{output.Count} bytes instead of {length}.");
    }
}
