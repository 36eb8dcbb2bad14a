using System.Buffers.Binary;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>A sample of a native histogram.</summary>
/// <param name="Time">ms since the Unix epoch.</param>
/// <param name="Count">Observations.</param>
/// <param name="Zeros">Those in the bucket of zero.</param>
/// <param name="Sum">The bits of their sum.</param>
/// <param name="Buckets">Index and count of the buckets that are not empty; nothing of a marker of staleness.</param>
internal sealed record HistogramSample(long Time, ulong Count, ulong Zeros, ulong Sum, string Buckets);

/// <summary>Reads a chunk of native histograms bit by bit, as tsdb/docs/format/chunks.md says.</summary>
internal sealed class HistogramChunkReader
{
    private const ulong Stale = 0x7FF0_0000_0000_0002;
    private readonly BitReader _bits;
    private readonly int _count;
    private readonly List<int> _indices = [];

    public HistogramChunkReader(byte[] chunk)
    {
        _bits = new BitReader(chunk, 3);
        _count = BinaryPrimitives.ReadUInt16BigEndian(chunk);
        Flags = chunk[2];
        Threshold = _bits.Bits(8) switch
        {
            0 => 0,
            255 => BitConverter.UInt64BitsToDouble(_bits.Bits(64)),
            var exponent => Math.ScaleB(0.5, (int)exponent - 243),
        };
        Schema = _bits.Varbit();
        var index = 0;
        for (var spans = _bits.UnsignedVarbit(); spans > 0; spans--)
        {
            var length = _bits.UnsignedVarbit();
            index += (int)_bits.Varbit();
            for (; length > 0; length--)
            {
                _indices.Add(index++);
            }
        }

        Assert.Equal(0UL, _bits.UnsignedVarbit());
    }

    public byte Flags { get; }

    public double Threshold { get; }

    public long Schema { get; }

    /// <summary>Indices of all buckets of the layout, empty ones included.</summary>
    public IReadOnlyList<int> Layout => _indices;

    /// <summary>The samples, once.</summary>
    public List<HistogramSample> Read()
    {
        var samples = new List<HistogramSample>();
        var (time, count, zeros) = (new Number(_bits), new Number(_bits), new Number(_bits));
        var deltas = _indices.Select(_ => new Number(_bits)).ToList();
        var (sum, leading, significant) = (0UL, 0, 0);
        for (var i = 0; i < _count; i++)
        {
            time.Next(i == 0);
            count.Next(i == 0, signed: false);
            zeros.Next(i == 0, signed: false);
            sum = i == 0 ? _bits.Bits(64) : sum ^ _bits.Xor(ref leading, ref significant);
            if (sum == Stale)
            {
                samples.Add(new HistogramSample(time.Value, 0, 0, sum, ""));
                Assert.Equal(_count - 1, i);
                break;
            }

            deltas.ForEach(delta => delta.Next(i == 0));
            var total = 0L;
            var buckets = deltas.Select((delta, bucket) => (Index: _indices[bucket], Count: total += delta.Value)).Where(bucket => bucket.Count != 0);
            samples.Add(new HistogramSample(time.Value, (ulong)count.Value, (ulong)zeros.Value, sum, Text(buckets)));
        }

        Assert.InRange(_bits.Left, 0, 7);
        return samples;
    }

    public static string Text(IEnumerable<(int Index, long Count)> buckets) => string.Join(' ', buckets.Select(bucket => $"{bucket.Index}:{bucket.Count}"));

    /// <summary>A number of which the chunk holds the difference of differences.</summary>
    private sealed class Number(BitReader bits)
    {
        private long _delta;

        public long Value { get; private set; }

        public void Next(bool first, bool signed = true)
        {
            if (first)
            {
                Value = signed ? bits.Varbit() : (long)bits.UnsignedVarbit();
                return;
            }

            _delta += bits.Varbit();
            Value += _delta;
        }
    }
}
