using MetricsSim.Core.Series;

namespace MetricsSim.Wire;

/// <summary>
/// A cursor over a page: each call fills a buffer with whole lines (in protobuf, whole metrics) until the page is done, so the caller decides when to flush and how
/// much memory a page may take. Allocates nothing per series. Not thread-safe; any number of writers may share a <see cref="PageLayout"/>.
/// </summary>
public sealed class PageWriter
{
    private readonly IPartCursor[] _parts;
    private readonly byte[] _trailer;
    private int _part;
    private bool _done;

    /// <summary>A writer at the start of a page.</summary>
    /// <param name="parts">At least one part, all of one format and with distinct family names, in page order.</param>
    /// <param name="timestamps">True to write the snapshot's simulated time behind each value: seconds in OpenMetrics, else ms.</param>
    /// <param name="last">False to leave out what ends a page, because another page of the same stream follows.</param>
    /// <exception cref="ArgumentException">No parts, parts of different formats, or a snapshot of another layout than its part's.</exception>
    public PageWriter(IReadOnlyList<PagePart> parts, bool timestamps = false, bool last = true)
    {
        if (parts.Count == 0)
        {
            throw new ArgumentException("A page has at least one part.", nameof(parts));
        }

        foreach (var (layout, snapshot) in parts)
        {
            if (layout.Format != parts[0].Layout.Format)
            {
                throw new ArgumentException("The parts of a page have one format.", nameof(parts));
            }

            if (!ReferenceEquals(layout.Series, snapshot.Layout))
            {
                throw new ArgumentException("A snapshot is written by the layout it was taken with.", nameof(parts));
            }
        }

        _trailer = last ? parts[0].Layout.Trailer : [];
        _parts = [.. parts.Select(part => part.Layout.Begin(part.Snapshot, timestamps))];
        MinimumBuffer = Math.Max(_trailer.Length, _parts.Max(part => part.LongestBlock));
    }

    /// <summary>The smallest buffer <see cref="Fill"/> takes, in bytes: an upper bound of the longest line, metric or block of metadata of this page.</summary>
    public int MinimumBuffer { get; }

    /// <summary>Writes as many whole lines or metrics as fit. After the end it writes nothing and returns false.</summary>
    /// <param name="destination">Where to write; at least <see cref="MinimumBuffer"/> bytes.</param>
    /// <param name="written">Bytes written, counted from the start of <paramref name="destination"/>; 0 is possible only on the last call.</param>
    /// <returns>True while there is more; false when the page is complete with what was written.</returns>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public bool Fill(Span<byte> destination, out int written)
    {
        if (destination.Length < MinimumBuffer)
        {
            throw new ArgumentException($"The buffer has {destination.Length} bytes, this page needs {MinimumBuffer}.", nameof(destination));
        }

        written = 0;
        while (_part < _parts.Length)
        {
            if (!_parts[_part].Fill(destination, ref written))
            {
                return true;
            }

            _part++;
        }

        if (_done)
        {
            return false;
        }

        if (destination.Length - written < _trailer.Length)
        {
            return true;
        }

        _trailer.CopyTo(destination[written..]);
        written += _trailer.Length;
        _done = true;
        return false;
    }
}
