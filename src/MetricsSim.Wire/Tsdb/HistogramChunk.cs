using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Chunks of native histograms: one layout of buckets for all samples, counts as differences of differences, sums as XOR with the one before
/// (prometheus/prometheus, tsdb/chunkenc/histogram.go and tsdb/docs/format/chunks.md). Keeps its memory for the next chunk.
/// </summary>
internal sealed class HistogramChunk
{
    /// <summary>The encoding's number in a chunk's frame.</summary>
    public const byte Encoding = 2;

    /// <summary>Flag of a chunk that begins with a reset. Without it whoever reads compares with the chunk before.</summary>
    private const byte CounterReset = 0b1000_0000;

    private const int HeaderLength = sizeof(ushort) + 1;
    private const int LongestThreshold = 1 + sizeof(double);
    private const int LongestSum = 10;
    private readonly List<BucketSpan> _spans = [];
    private readonly List<long> _deltas = [];
    private long[] _before = [];
    private long[] _steps = [];
    private byte[] _bytes = [];

    /// <summary>Encodes neighbouring samples of a series whose counts don't fall.</summary>
    /// <param name="window">The series.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">After the last one; 1 to 65535 samples.</param>
    /// <param name="ends">Whether the last sample is the marker of staleness.</param>
    /// <param name="reset">Whether counts fell before the first one.</param>
    /// <returns>The chunk, until the next one is encoded.</returns>
    public ReadOnlySpan<byte> Encode(in HistogramWindow window, int from, int to, bool ends, bool reset)
    {
        // What has counted once stays on, so the last sample has the buckets of all.
        var last = ends ? to - 2 : to - 1;
        _spans.Clear();
        _deltas.Clear();
        if (last >= from)
        {
            window.Buckets.Split(window.Counts(last), _spans, _deltas);
        }

        Reserve(to - from);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes, (ushort)(to - from));
        _bytes[sizeof(ushort)] = reset ? CounterReset : (byte)0;
        var bits = new BitWriter(_bytes, HeaderLength);
        if (last >= from)
        {
            WriteLayout(ref bits, window.Buckets.ZeroThreshold, NativeBuckets.Schema);
        }
        else
        {
            // A marker has no buckets.
            WriteLayout(ref bits, 0, 0);
        }

        WriteSamples(ref bits, window, from, last, to);
        return _bytes.AsSpan(0, bits.Finish());
    }

    private void Reserve(int samples)
    {
        var buckets = _deltas.Count;
        var length = HeaderLength + LongestThreshold + (Varbit.MaxLength * (3 + (2 * _spans.Count)))
            + (samples * ((Varbit.MaxLength * (3 + buckets)) + LongestSum)) + sizeof(ulong);
        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        if (_before.Length < buckets)
        {
            (_before, _steps) = (new long[buckets], new long[buckets]);
        }

        Array.Clear(_before);
        Array.Clear(_steps);
    }

    private void WriteLayout(ref BitWriter bits, double zeroThreshold, int schema)
    {
        WriteThreshold(ref bits, zeroThreshold);
        Varbit.Write(ref bits, schema);
        Varbit.WriteUnsigned(ref bits, (ulong)_spans.Count);
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            Varbit.WriteUnsigned(ref bits, (ulong)span.Length);
            Varbit.Write(ref bits, span.Offset);
        }

        // No spans of negative buckets.
        Varbit.WriteUnsigned(ref bits, 0);
    }

    /// <summary>Powers of two have a byte.</summary>
    private static void WriteThreshold(ref BitWriter bits, double threshold)
    {
        const int LeastExponent = -243, MostExponent = 10, OfByte = 244;
        var exponent = threshold > 0 ? Math.ILogB(threshold) : 0;
        if (threshold == 0)
        {
            bits.Write(0, 8);
        }
        else if (exponent is >= LeastExponent and <= MostExponent && Math.ScaleB(1, exponent) == threshold)
        {
            bits.Write((ulong)(exponent + OfByte), 8);
        }
        else
        {
            bits.Write(0xFF, 8);
            bits.Write(BitConverter.DoubleToUInt64Bits(threshold), 64);
        }
    }

    private void WriteSamples(ref BitWriter bits, in HistogramWindow window, int from, int last, int to)
    {
        var (time, count, zeros, sum) = (0L, 0L, 0L, 0UL);
        var (timeStep, countStep, zerosStep) = (0L, 0L, 0L);
        var xor = default(XorState);
        for (var i = from; i < to; i++)
        {
            var isMarker = i > last;
            var nowTime = window.Times[i];
            var nowSum = isMarker ? SampleValue.StaleNaN : window.Sum(i);
            var nowCount = isMarker ? count + countStep : (long)window.Count(i);
            var nowZeros = isMarker ? zeros + zerosStep : window.Counts(i)[0];
            Varbit.Write(ref bits, nowTime - time - timeStep);
            if (i == from)
            {
                Varbit.WriteUnsigned(ref bits, (ulong)nowCount);
                Varbit.WriteUnsigned(ref bits, (ulong)nowZeros);
                bits.Write(nowSum, 64);
                xor = XorState.None;
            }
            else
            {
                (timeStep, countStep, zerosStep) = (nowTime - time, Step(ref bits, nowCount - count, countStep), Step(ref bits, nowZeros - zeros, zerosStep));
                xor.Write(ref bits, nowSum ^ sum);
            }

            if (!isMarker)
            {
                WriteBuckets(ref bits, window.Buckets.FirstIndex, window.Counts(i), i == from);
            }

            (time, count, zeros, sum) = (nowTime, nowCount, nowZeros, nowSum);
        }
    }

    private void WriteBuckets(ref BitWriter bits, int firstIndex, ReadOnlySpan<long> counts, bool first)
    {
        var (bucket, index, neighbour) = (0, 0, 0L);
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            index += span.Offset;
            for (var end = index + span.Length; index < end; index++, bucket++)
            {
                var count = counts[index - firstIndex + 1];
                var delta = count - neighbour;
                neighbour = count;
                if (first)
                {
                    Varbit.Write(ref bits, delta);
                }
                else
                {
                    _steps[bucket] = Step(ref bits, delta - _before[bucket], _steps[bucket]);
                }

                _before[bucket] = delta;
            }
        }
    }

    private static long Step(ref BitWriter bits, long step, long before)
    {
        Varbit.Write(ref bits, step - before);
        return step;
    }
}
