using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>What values make of the cells of a group's series, by type.</summary>
internal abstract class GroupCells
{
    /// <summary>Whether values are what happens in an interval, rather than what is.</summary>
    public virtual bool Counts => true;

    /// <summary>The cells of a type.</summary>
    /// <param name="options">Options of the group.</param>
    /// <param name="family">One of its families.</param>
    public static GroupCells Of(SeriesGroupOptions options, MetricFamily family) => options.Type switch
    {
        GroupType.Gauge => new GaugeCells(options.Decimals),
        GroupType.Counter when options.Decimals is { } decimals => new WholeCounterCells(GroupFamilies.PowerOfTen(decimals)),
        GroupType.Counter => new CounterCells(),
        GroupType.Summary => new SummaryCells(options),
        _ => new HistogramCells(options, family),
    };

    /// <summary>Puts the cells of series that begin.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="values">Where they begin; only what does not count asks.</param>
    public virtual void Start(Span<long> cells, ReadOnlySpan<double> values) => cells.Clear();

    /// <summary>Takes in the values of an interval.</summary>
    /// <param name="step">Which interval, of whom.</param>
    /// <param name="cells">The cells of the rows.</param>
    /// <param name="values">A value each.</param>
    public abstract void Take(in ProcessStep step, Span<long> cells, ReadOnlySpan<double> values);

    /// <summary>A whole number near a value: above it as often as leaves the mean where it is.</summary>
    protected static long Whole(in ProcessStep step, int row, double value)
    {
        var floor = Math.Floor(value);
        if (floor == value) return Bounded(value);
        return Bounded(floor + (step.Random.Draw(step.EntityOf(row), step.Purpose, step.Index, 1).UniformA < value - floor ? 1 : 0));
    }

    private static long Bounded(double value) => value >= long.MaxValue ? long.MaxValue : (long)value;

    private sealed class GaugeCells(int? decimals) : GroupCells
    {
        public override bool Counts => false;

        public override void Start(Span<long> cells, ReadOnlySpan<double> values)
        {
            for (var row = 0; row < values.Length; row++) cells[row] = BitConverter.DoubleToInt64Bits(decimals is { } digits ? Math.Round(values[row], digits) : values[row]);
        }

        public override void Take(in ProcessStep step, Span<long> cells, ReadOnlySpan<double> values) => Start(cells, values);
    }

    private sealed class CounterCells : GroupCells
    {
        public override void Take(in ProcessStep step, Span<long> cells, ReadOnlySpan<double> values)
        {
            for (var row = 0; row < values.Length; row++)
            {
                if (values[row] > 0) cells[row] = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(cells[row]) + values[row]);
            }
        }
    }

    private sealed class WholeCounterCells(long unit) : GroupCells
    {
        public override void Take(in ProcessStep step, Span<long> cells, ReadOnlySpan<double> values)
        {
            for (var row = 0; row < values.Length; row++)
            {
                // At the end of what a cell holds a counter stands still rather than fall.
                if (values[row] > 0) cells[row] += Math.Min(Whole(step, row, values[row] * unit), long.MaxValue - cells[row]);
            }
        }
    }

    private sealed class HistogramCells(SeriesGroupOptions options, MetricFamily family) : GroupCells
    {
        private readonly double[] _bounds = [.. family.Bounds];
        private readonly NativeBuckets? _native = family.Native;
        private readonly int _stride = family.Stride;
        private readonly double _scale = GroupFamilies.NativeScale(options);

        public override void Take(in ProcessStep step, Span<long> cells, ReadOnlySpan<double> values)
        {
            Span<double> observed = stackalloc double[Observations.Most];
            for (var row = 0; row < values.Length; row++)
            {
                var count = values[row] > 0 ? Whole(step, row, values[row]) : 0;
                var own = cells.Slice(row * _stride, _stride);
                count = Math.Min(count, RoomIn(own));
                if (count == 0) continue;
                var drawn = observed[..Observations.Draw(step, row, count, options, observed)];
                var sum = BitConverter.Int64BitsToDouble(own[^1]);
                for (var i = 0; i < drawn.Length; i++)
                {
                    var weight = Observations.Weight(i, drawn.Length, count);
                    own[BucketOf(drawn[i])] += weight;
                    if (_native is not null) own[_bounds.Length + 1 + _native.CellOf((long)(drawn[i] * _scale))] += weight;
                    sum += drawn[i] * weight;
                }

                own[^1] = BitConverter.DoubleToInt64Bits(sum);
            }
        }

        /// <summary>How many more observations the cells hold: at their end a histogram stands still rather than fall.</summary>
        private long RoomIn(ReadOnlySpan<long> own)
        {
            var room = long.MaxValue;
            foreach (var bucket in own[..(_bounds.Length + 1)])
            {
                // What no world has counted, a forged state may still hold.
                if ((ulong)bucket > (ulong)room) return 0;
                room -= bucket;
            }

            return room;
        }

        private int BucketOf(double value)
        {
            var bucket = _bounds.AsSpan().BinarySearch(value);
            return bucket < 0 ? ~bucket : bucket;
        }
    }

    private sealed class SummaryCells(SeriesGroupOptions options) : GroupCells
    {
        private readonly double[] _quantiles = [.. options.Quantiles];
        private readonly int _stride = options.Quantiles.Count + 2;

        public override void Start(Span<long> cells, ReadOnlySpan<double> values)
        {
            cells.Clear();
            // A summary that saw nothing knows no quantile.
            for (var row = 0; row < cells.Length; row += _stride) cells.Slice(row, _quantiles.Length).Fill(BitConverter.DoubleToInt64Bits(double.NaN));
        }

        public override void Take(in ProcessStep step, Span<long> cells, ReadOnlySpan<double> values)
        {
            Span<double> observed = stackalloc double[Observations.Most];
            for (var row = 0; row < values.Length; row++)
            {
                var count = values[row] > 0 ? Whole(step, row, values[row]) : 0;
                if (count == 0) continue;
                var drawn = observed[..Observations.Draw(step, row, count, options, observed)];
                var own = cells.Slice(row * _stride, _stride);
                var sum = BitConverter.Int64BitsToDouble(own[^1]);
                for (var i = 0; i < drawn.Length; i++) sum += drawn[i] * Observations.Weight(i, drawn.Length, count);
                drawn.Sort();
                for (var i = 0; i < _quantiles.Length; i++)
                    own[i] = BitConverter.DoubleToInt64Bits(drawn[Math.Max(0, (int)Math.Ceiling(_quantiles[i] * drawn.Length) - 1)]);
                own[^2] += Math.Min(count, long.MaxValue - own[^2]);
                own[^1] = BitConverter.DoubleToInt64Bits(sum);
            }
        }
    }
}

/// <summary>What histograms and summaries observe in an interval: at most so many draws, each of which stands for as many observations.</summary>
internal static class Observations
{
    /// <summary>Most draws of a series in an interval, so that its cost is bounded whatever its rate.</summary>
    public const int Most = 256;

    private const int DrawsPerBlock = 4;

    /// <summary>Draws them.</summary>
    /// <returns>How many draws there are.</returns>
    public static int Draw(in ProcessStep step, int row, long count, SeriesGroupOptions options, Span<double> observed)
    {
        var draws = (int)Math.Min(count, Most);
        var entity = step.EntityOf(row);
        for (var i = 0; i < draws; i += DrawsPerBlock)
        {
            var block = step.Random.Draw(entity, Purpose.GroupObservation, step.Index, i / DrawsPerBlock);
            observed[i] = Value(block.W0);
            if (i + 1 < draws) observed[i + 1] = Value(block.W1);
            if (i + 2 < draws) observed[i + 2] = Value(block.W2);
            if (i + 3 < draws) observed[i + 3] = Value(block.W3);
        }

        return draws;

        double Value(uint word) => options.ObservationMedian * PortableMath.Exp(options.ObservationSigma * NormalTable.Quantile(word));
    }

    /// <summary>How many observations a draw stands for; all together they are as many as there were.</summary>
    public static long Weight(int draw, int draws, long count) => (count / draws) + (draw < count % draws ? 1 : 0);
}
