using System.Text.Unicode;

namespace MetricsSim.Wire.Reading;

/// <summary>
/// Reads a page in text 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats) or OpenMetrics 1.0 from a stream, line by line, in
/// memory that the page's size has no part in. It takes what <c>promtool check metrics</c> takes, and names in UTF-8.
/// </summary>
/// <param name="visitor">Takes the samples.</param>
/// <param name="limits">How much is read at most.</param>
/// <param name="format">Text or OpenMetrics; null looks at the page.</param>
public sealed class PageReader(IPageVisitor visitor, PageLimits limits, ExpositionFormat? format = null)
{
    private const int Chunk = 256 * 1024;

    private readonly FamilyTable _families = new(limits);
    private MetadataParser _metadata = null!;
    private SampleParser _samples = null!;
    private bool _openMetrics;
    private bool _ended;
    private long _line;

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Samples read so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Families seen so far.</summary>
    public int Families => _families.Count;

    /// <summary>The page's format, once it is read.</summary>
    public ExpositionFormat Format => _openMetrics ? ExpositionFormat.OpenMetrics100 : ExpositionFormat.Text004;

    /// <summary>Reads the page; once only.</summary>
    /// <param name="input">The page, not compressed.</param>
    /// <param name="progress">Told the bytes read now and then.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>A task that ends with the page.</returns>
    /// <exception cref="PageSyntaxException">The page breaks its format's rules, or isn't whole.</exception>
    /// <exception cref="PageLimitException">It passes a limit.</exception>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public async Task ReadAsync(Stream input, Action<long>? progress, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)(format ?? ExpositionFormat.Text004), (int)ExpositionFormat.Protobuf, nameof(format));
        var buffer = new byte[Math.Min(Chunk, limits.LineBytes + 1)];
        var filled = await input.ReadAtLeastAsync(buffer, Math.Min(FormatGuess.Head, buffer.Length), throwOnEndOfStream: false, stop);
        Begin(format ?? FormatGuess.Of(buffer.AsSpan(0, filled)));
        Count(filled);
        for (var more = filled; more > 0;)
        {
            var used = Lines(buffer.AsSpan(0, filled));
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
            if (filled > limits.LineBytes) throw new PageLimitException(PageLimit.LineBytes, $"line {_line + 1} is longer than {limits.LineBytes:N0} bytes: is this a metrics page?");
            if (filled == buffer.Length) Array.Resize(ref buffer, Math.Min(2 * buffer.Length, limits.LineBytes + 1));
            progress?.Invoke(Bytes);
            more = await input.ReadAsync(buffer.AsMemory(filled), stop);
            filled += more;
            Count(more);
        }

        End(buffer.AsSpan(0, filled));
    }

    private void Begin(ExpositionFormat resolved)
    {
        _openMetrics = resolved == ExpositionFormat.OpenMetrics100;
        _metadata = new(_families, _openMetrics);
        _samples = new(_openMetrics);
    }

    private void Count(int bytes)
    {
        Bytes += bytes;
        if (Bytes > limits.Bytes) throw new PageLimitException(PageLimit.Bytes, $"the page has more than {limits.Bytes:N0} bytes");
    }

    private int Lines(Span<byte> bytes)
    {
        var used = 0;
        for (int length; (length = bytes[used..].IndexOf((byte)'\n')) >= 0; used += length + 1) Line(bytes.Slice(used, length));
        return used;
    }

    private void Line(Span<byte> line)
    {
        var cursor = new LineCursor(line, ++_line);
        Check(cursor);
        if (_ended) throw cursor.Fail("OpenMetrics ends with '# EOF', and here it goes on");
        if (!_openMetrics) cursor.SkipBlanks();
        if (cursor.AtEnd)
        {
            if (_openMetrics) throw cursor.Fail("OpenMetrics has no empty lines");
        }
        else if (cursor.Next == '#')
        {
            _ended = _metadata.Read(ref cursor);
        }
        else
        {
            Sample(ref cursor, line);
        }
    }

    private void Sample(scoped ref LineCursor cursor, Span<byte> line)
    {
        var sample = _samples.Read(ref cursor, line);
        var (family, role) = _families.Of(sample);
        if (role == SampleRole.Bucket && sample.IndexOf("le"u8) is var le && (le < 0 || !PageNumbers.TryRead(sample.LabelValue(le), out _)))
            throw cursor.FailAt(0, $"a bucket of '{family.Name}' without a number in 'le'");
        family.Samples++;
        Samples++;
        visitor.OnSample(family, role, sample);
    }

    private static void Check(LineCursor cursor)
    {
        var zero = cursor.Line.IndexOf((byte)0);
        if (zero >= 0) throw cursor.FailAt(zero, "a byte 0: this is binary, not a metrics page in text");
        if (Utf8.IsValid(cursor.Line)) return;
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(cursor.Line[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        throw cursor.FailAt(at, $"byte 0x{cursor.Line[at]:X2} is not UTF-8: {(cursor.Number == 1 && at == 1 ? "is this compressed or binary?" : "is this a metrics page in text?")}");
    }

    private void End(Span<byte> rest)
    {
        if (_openMetrics && rest.SequenceEqual("# EOF"u8))
        {
            _ended = true;
            return;
        }

        if (!rest.IsEmpty)
        {
            // What is wrong in it otherwise says more than that it doesn't end.
            Line(rest);
            if (!_ended) throw new PageSyntaxException(_line, rest.Length + 1, "the last line has no line feed: the page is cut off");
        }

        if (_openMetrics && !_ended) throw new PageSyntaxException(_line + 1, 1, "the page ends without '# EOF': it is cut off");
    }
}
