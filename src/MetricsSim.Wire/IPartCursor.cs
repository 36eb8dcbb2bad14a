namespace MetricsSim.Wire;

/// <summary>The place in one part of a page.</summary>
internal interface IPartCursor
{
    /// <summary>Upper bound of the bytes of any block that is written as a whole: a line, a metric, metadata.</summary>
    int LongestBlock { get; }

    /// <summary>Writes blocks from here on.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="written">Bytes written, counted from the start of <paramref name="destination"/>.</param>
    /// <returns>True when the part is complete, false when the next block doesn't fit.</returns>
    bool Fill(Span<byte> destination, ref int written);
}
