namespace MetricsSim.Core.Groups;

/// <summary>The law that values of a group follow, drawn or stepped once each interval.</summary>
public abstract record ValueProcess;

/// <summary>Always the same.</summary>
/// <param name="Value">The value.</param>
public sealed record ConstantProcess(double Value) : ValueProcess;

/// <summary>Independent uniform draws.</summary>
/// <param name="Min">Least value.</param>
/// <param name="Max">Largest value.</param>
public sealed record UniformProcess(double Min, double Max) : ValueProcess;

/// <summary>A random walk, reflected at its bounds.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Step">Standard deviation of one step, which is normal.</param>
/// <param name="Min">Lower bound, maybe −∞.</param>
/// <param name="Max">Upper bound, maybe +∞.</param>
public sealed record WalkProcess(double Start, double Step, double Min, double Max) : ValueProcess;

/// <summary>A mean-reverting (Ornstein–Uhlenbeck) process, stationary from the start.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its stationary standard deviation.</param>
/// <param name="Theta">Mean reversion per second: the autocorrelation after τ seconds is e^(−θτ).</param>
public sealed record OuProcess(double Mean, double Deviation, double Theta) : ValueProcess;

/// <summary>A sine; each series has a phase of its own.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Amplitude">How far it goes above and below.</param>
/// <param name="Period">Length of a period.</param>
public sealed record SineProcess(double Mean, double Amplitude, TimeSpan Period) : ValueProcess;

/// <summary>Independent Poisson draws: of a gauge with this mean; of what is counted, of arrivals at this rate.</summary>
/// <param name="Rate">The mean, or events per second.</param>
public sealed record PoissonProcess(double Rate) : ValueProcess;

/// <summary>Independent log-normal draws.</summary>
/// <param name="Median">e^μ.</param>
/// <param name="Sigma">σ.</param>
public sealed record LogNormalProcess(double Median, double Sigma) : ValueProcess;
