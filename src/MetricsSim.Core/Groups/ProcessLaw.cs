using MetricsSim.Core.Activity;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Groups;

/// <summary>One draw or step of some neighbouring rows of a metric.</summary>
/// <param name="Random">The world's randomness.</param>
/// <param name="Entity">Who the first row is.</param>
/// <param name="Stride">From one row's number to the next.</param>
/// <param name="Purpose"><see cref="Purpose.GroupStart"/> where the series begin, else <see cref="Purpose.GroupValue"/>.</param>
/// <param name="Index">Number of the interval, or of the series among those that had its place.</param>
/// <param name="Seconds">Time since tick 0.</param>
/// <param name="Factor">What values are multiplied by; of Poisson draws the mean.</param>
internal readonly record struct ProcessStep(KeyedRandom Random, ulong Entity, int Stride, Purpose Purpose, long Index, double Seconds, double Factor)
{
    /// <summary>A uniform of a row.</summary>
    public double Uniform(int row) => Random.Draw(EntityOf(row), Purpose, Index).UniformA;

    /// <summary>A standard normal of a row.</summary>
    public double StandardNormal(int row) => Normal.Quantile(Uniform(row));

    /// <summary>Who a row is.</summary>
    public ulong EntityOf(int row) => Entity + ((ulong)row * (ulong)Stride);
}

/// <summary>A <see cref="ValueProcess"/> that is played.</summary>
internal abstract class ProcessLaw
{
    /// <summary>Whether the next value depends on the present one.</summary>
    public virtual bool HasState => false;

    /// <summary>The law of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="step">Seconds from one value to the next.</param>
    public static ProcessLaw Of(ValueProcess process, double step) => process switch
    {
        ConstantProcess constant => new ConstantLaw(constant.Value),
        UniformProcess uniform => new UniformLaw(uniform),
        LogNormalProcess logNormal => new LogNormalLaw(logNormal),
        SineProcess sine => new SineLaw(sine),
        PoissonProcess poisson => new PoissonLaw(poisson.Rate),
        OuProcess ou => new OuLaw(ou, step),
        WalkProcess walk => new WalkLaw(walk),
        _ => throw new ArgumentOutOfRangeException(nameof(process), process, "Not a process."),
    };

    /// <summary>Makes ready for steps with a factor; between this and the next call any number of threads may fill.</summary>
    public virtual void Prepare(double factor)
    {
    }

    /// <summary>Fills the values of the rows, and steps their state if they have one.</summary>
    public abstract void Fill(in ProcessStep step, Span<double> state, Span<double> values);

    private sealed class ConstantLaw(double value) : ProcessLaw
    {
        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values) => values.Fill(value * step.Factor);
    }

    private sealed class UniformLaw(UniformProcess law) : ProcessLaw
    {
        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values)
        {
            for (var row = 0; row < values.Length; row++) values[row] = (law.Min + ((law.Max - law.Min) * step.Uniform(row))) * step.Factor;
        }
    }

    private sealed class LogNormalLaw(LogNormalProcess law) : ProcessLaw
    {
        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values)
        {
            for (var row = 0; row < values.Length; row++) values[row] = law.Median * PortableMath.Exp(law.Sigma * step.StandardNormal(row)) * step.Factor;
        }
    }

    private sealed class SineLaw(SineProcess law) : ProcessLaw
    {
        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values)
        {
            var turns = step.Seconds / law.Period.TotalSeconds;
            turns -= Math.Floor(turns);
            for (var row = 0; row < values.Length; row++)
            {
                var phase = step.Random.Draw(step.EntityOf(row), Purpose.GroupStart, draw: 1).UniformA;
                values[row] = (law.Mean + (law.Amplitude * PortableMath.SinOfTurns(turns + phase))) * step.Factor;
            }
        }
    }

    private sealed class PoissonLaw(double rate) : ProcessLaw
    {
        private readonly PoissonTable _table = new();

        public override void Prepare(double factor) => _table.Prepare(rate * factor);

        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values)
        {
            for (var row = 0; row < values.Length; row++) values[row] = _table.Draw(step.Uniform(row));
        }
    }

    private sealed class OuLaw(OuProcess law, double step) : ProcessLaw
    {
        private readonly OrnsteinUhlenbeck _process = new(law.Theta, step, double.NegativeInfinity, double.PositiveInfinity);

        public override bool HasState => true;

        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values)
        {
            var starts = step.Purpose == Purpose.GroupStart;
            for (var row = 0; row < values.Length; row++)
            {
                var z = step.StandardNormal(row);
                state[row] = starts ? _process.Stationary(law.Mean, law.Deviation, z) : _process.Next(state[row], law.Mean, law.Deviation, z);
                values[row] = state[row] * step.Factor;
            }
        }
    }

    private sealed class WalkLaw(WalkProcess law) : ProcessLaw
    {
        public override bool HasState => true;

        public override void Fill(in ProcessStep step, Span<double> state, Span<double> values)
        {
            var starts = step.Purpose == Purpose.GroupStart;
            for (var row = 0; row < values.Length; row++)
            {
                state[row] = starts ? law.Start : Reflect(state[row] + (law.Step * step.StandardNormal(row)));
                values[row] = state[row] * step.Factor;
            }
        }

        /// <summary>Folds a value into the bounds, however far beyond.</summary>
        private double Reflect(double x)
        {
            if (x >= law.Min && x <= law.Max) return x;
            var width = law.Max - law.Min;
            if (width == 0) return law.Min;
            if (double.IsInfinity(width)) return x < law.Min ? (2 * law.Min) - x : (2 * law.Max) - x;
            var place = (x - law.Min) % (2 * width);
            if (place < 0) place += 2 * width;
            return law.Min + (place <= width ? place : (2 * width) - place);
        }
    }
}
